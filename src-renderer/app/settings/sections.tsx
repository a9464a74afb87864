/** The register of settings: one line a section, in the order of the list on the left. */
import {
  IconAdjustments,
  IconCalendarShare,
  IconProgress,
  IconStars,
  IconTag,
  IconTarget,
  IconUserShare,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import type { Role } from '../../../shared/kernel/access'
import { CalendarLink } from '../../features/activities/calendar/CalendarLink'
import { AssignmentSettings } from '../../features/leads/settings/AssignmentSettings'
import { ScoringSettings } from '../../features/leads/settings/ScoringSettings'
import { PipelineSettings } from '../../features/pipelines/PipelineSettings'
import { QuotaSettings } from '../../features/quotas/QuotaSettings'
import { GeneralSettings } from './GeneralSettings'
import { TagSettings } from './TagSettings'
import { UserSettings } from './UserSettings'

export type SettingsSection = {
  /** Stands in the address. */
  id: string
  /** Key of its text with namespace. */
  label: string
  icon: ReactNode
  Component: ComponentType
  /** Everybody, where nothing is said. */
  roles?: readonly Role[]
}

const icon = { size: 16, stroke: 1.5 }

export const settingsSections: readonly SettingsSection[] = [
  {
    id: 'general',
    label: 'app:set.general',
    icon: <IconAdjustments {...icon} />,
    Component: GeneralSettings,
  },
  { id: 'users', label: 'app:set.users', icon: <IconUsers {...icon} />, Component: UserSettings },
  {
    id: 'pipelines',
    label: 'pipelines:set.title',
    icon: <IconProgress {...icon} />,
    Component: PipelineSettings,
  },
  {
    id: 'scoring',
    label: 'rules:scoring.title',
    icon: <IconStars {...icon} />,
    Component: ScoringSettings,
  },
  {
    id: 'assignment',
    label: 'rules:assign.title',
    icon: <IconUserShare {...icon} />,
    Component: AssignmentSettings,
  },
  {
    id: 'quotas',
    label: 'quotas:title',
    icon: <IconTarget {...icon} />,
    Component: QuotaSettings,
  },
  {
    id: 'calendar',
    label: 'calendar:link.title',
    icon: <IconCalendarShare {...icon} />,
    Component: CalendarLink,
  },
  { id: 'tags', label: 'app:set.tags', icon: <IconTag {...icon} />, Component: TagSettings },
]
