/** Where one can go: sidebar, palette and the `g` shortcuts all read this one list. */
import {
  IconCalendar,
  IconChartBar,
  IconChecklist,
  IconHome,
  IconSettings,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { entities } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { DueBadge } from '../features/activities/inbox/DueBadge'
import { useAccess } from '../kernel/use-access'
import { EntityIcon } from '../ui/icons'

export type Place = {
  id: string
  to: string
  icon: ReactNode
  /** Key in the namespace `app`, or for entities their own name. */
  label: { key: string } | { text: string }
  /** The key that goes there after `g`. */
  key?: string
  group: 'own' | 'records' | 'bottom'
  /** Shown to whoever may read records of it. */
  entity?: AnyEntity
  /** Stands beside the name, such as how much waits there. */
  Badge?: ComponentType
}

/** Entities with a place of their own; tags and users live in the settings. */
export const mainEntities: readonly AnyEntity[] = [
  entities.contact,
  entities.account,
  entities.lead,
  entities.opportunity,
  entities.activity,
  entities.quote,
  entities.product,
]

const keys: { [entity: string]: string } = {
  contact: 'c',
  account: 'a',
  lead: 'l',
  opportunity: 'o',
  activity: 't',
  quote: 'q',
  product: 'p',
}

const placeOf = (entity: AnyEntity): Place => {
  const key = keys[entity.name]
  return {
    id: entity.name,
    to: `/${entity.plural}`,
    icon: <EntityIcon name={entity.icon} />,
    label: { text: entity.labelPlural },
    group: 'records',
    entity,
    ...(key ? { key } : {}),
  }
}

const icon = { size: 16, stroke: 1.5 }

/** What a place is called. */
export const placeName = (label: Place['label'], t: (key: string) => string): string =>
  'key' in label ? t(label.key) : label.text

const places: readonly Place[] = [
  {
    id: 'home',
    to: '/',
    icon: <IconHome {...icon} />,
    label: { key: 'home' },
    key: 'h',
    group: 'own',
  },
  {
    id: 'tasks',
    to: '/tasks',
    icon: <IconChecklist {...icon} />,
    label: { key: 'tasks' },
    key: 'i',
    group: 'own',
    Badge: DueBadge,
  },
  {
    id: 'calendar',
    to: '/calendar',
    icon: <IconCalendar {...icon} />,
    label: { key: 'calendar' },
    key: 'k',
    group: 'own',
  },
  {
    id: 'forecast',
    to: '/forecast',
    icon: <IconChartBar {...icon} />,
    label: { key: 'forecast' },
    key: 'f',
    group: 'own',
    entity: entities.opportunity,
  },
  ...mainEntities.map(placeOf),
  {
    id: 'settings',
    to: '/settings',
    icon: <IconSettings {...icon} />,
    label: { key: 'settings' },
    key: 's',
    group: 'bottom',
  },
]

/** The places that the signed-in user has. */
export const usePlaces = (): Place[] => {
  const access = useAccess()
  return places.filter(({ entity }) => entity === undefined || access.may('read', entity))
}
