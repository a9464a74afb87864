/** What is special about an entity's screens, registered by `features/` and read by generic ones. */
import type { AnyRow } from '../../shared/kernel/entity'

/** One thing to do with a record; a pure change of its fields, so that it works offline and can be undone. */
export type RecordAction = {
  id: string
  /** Key in the namespace `records`. */
  label: string
  available: (row: AnyRow) => boolean
  change: (row: AnyRow, now: string) => { [field: string]: unknown }
}

export type FeatureView = { actions: readonly RecordAction[] }

const isStatus =
  (...wanted: string[]) =>
  (row: AnyRow) =>
    wanted.includes(String(row.status))

/** Entities with specials; the others need nothing. */
export const featureViews: { [entity: string]: FeatureView | undefined } = {
  activity: {
    actions: [
      {
        id: 'activity.complete',
        label: 'action.complete',
        available: isStatus('scheduled', 'in_progress'),
        change: (_, now) => ({ status: 'completed', completedAt: now }),
      },
      {
        id: 'activity.reopen',
        label: 'action.reopen',
        available: isStatus('completed', 'cancelled'),
        change: () => ({ status: 'scheduled', completedAt: null }),
      },
    ],
  },
  lead: {
    actions: [
      {
        id: 'lead.contacted',
        label: 'action.contacted',
        available: isStatus('new'),
        change: () => ({ status: 'contacted' }),
      },
      {
        id: 'lead.qualify',
        label: 'action.qualify',
        available: isStatus('new', 'contacted'),
        change: () => ({ status: 'qualified' }),
      },
    ],
  },
}
