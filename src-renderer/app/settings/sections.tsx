/** The register of settings: one line a section, in the order of the list on the left. */
import {
  IconAdjustments,
  IconCalendarShare,
  IconDeviceLaptop,
  IconListDetails,
  IconProgress,
  IconShieldX,
  IconStars,
  IconTag,
  IconTarget,
  IconUserShare,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { entities } from '../../../shared/features/index'
import type { Role } from '../../../shared/kernel/access'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { CalendarLink } from '../../features/activities/calendar/CalendarLink'
import { AssignmentSettings } from '../../features/leads/settings/AssignmentSettings'
import { ScoringSettings } from '../../features/leads/settings/ScoringSettings'
import { PipelineSettings } from '../../features/pipelines/PipelineSettings'
import { PriceListSettings } from '../../features/price-lists/PriceListSettings'
import { QuotaSettings } from '../../features/quotas/QuotaSettings'
import { TeamSettings } from '../../features/teams/TeamSettings'
import { DeviceSettings } from './DeviceSettings'
import { GeneralSettings } from './GeneralSettings'
import { RefusedSettings } from './RefusedSettings'
import { TagSettings } from './TagSettings'
import { UserSettings } from './UserSettings'

export type SettingsSection = {
  /** Stands in the address. */
  id: string
  /** Key of its text with namespace. */
  label: string
  icon: ReactNode
  Component: ComponentType
  /** What is set there: for those who may change it. Everybody has the others. */
  sets?: AnyEntity
  /** For these roles alone; absent: for everybody. */
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
    id: 'teams',
    label: 'teams:title',
    icon: <IconUsersGroup {...icon} />,
    Component: TeamSettings,
    sets: entities.team,
  },
  {
    id: 'pipelines',
    label: 'pipelines:set.title',
    icon: <IconProgress {...icon} />,
    Component: PipelineSettings,
    sets: entities.pipeline,
  },
  {
    id: 'scoring',
    label: 'rules:scoring.title',
    icon: <IconStars {...icon} />,
    Component: ScoringSettings,
    sets: entities.scoringRule,
  },
  {
    id: 'assignment',
    label: 'rules:assign.title',
    icon: <IconUserShare {...icon} />,
    Component: AssignmentSettings,
    sets: entities.assignmentRule,
  },
  {
    id: 'quotas',
    label: 'quotas:title',
    icon: <IconTarget {...icon} />,
    Component: QuotaSettings,
    sets: entities.quota,
  },
  {
    id: 'price-lists',
    label: 'priceLists:title',
    icon: <IconListDetails {...icon} />,
    Component: PriceListSettings,
    sets: entities.priceList,
  },
  {
    id: 'devices',
    label: 'devices:title',
    icon: <IconDeviceLaptop {...icon} />,
    Component: DeviceSettings,
  },
  {
    id: 'refused-edits',
    label: 'refused:title',
    icon: <IconShieldX {...icon} />,
    Component: RefusedSettings,
    roles: ['owner', 'admin'],
  },
  {
    id: 'calendar',
    label: 'calendar:link.title',
    icon: <IconCalendarShare {...icon} />,
    Component: CalendarLink,
  },
  {
    id: 'tags',
    label: 'app:set.tags',
    icon: <IconTag {...icon} />,
    Component: TagSettings,
    sets: entities.tag,
  },
]
