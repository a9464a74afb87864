/** Looks behind the states of catch-up where somebody does not see everything: at rows, now and before. */
import { entityNamed } from '../../shared/features/index'
import type { AnyRow } from '../../shared/kernel/entity'
import type { Db } from '../db/open'
import { decodeRow } from '../kernel/store/row-codec'
import type { View } from './view'

export type RawRecord = { entity: string; id: string; seq: number; state: Buffer }

type Entry = { changes: string; events: string }

type Name = [workspaceId: string, entity: string, id: string]

export const createRowReader = (db: Db) => {
  const rowOf = db.$client.prepare<Name, { row: string }>(
    'select row from record where workspace_id = ? and entity = ? and id = ?',
  )
  const entriesOf = db.$client.prepare<[...Name, after: number], Entry>(
    'select changes, events from journal where workspace_id = ? and entity = ? and record_id = ? and seq > ? order by id desc',
  )

  const read = (workspaceId: string, { entity: name, id }: RawRecord): AnyRow | undefined => {
    const entity = entityNamed(name)
    const stored = rowOf.get(workspaceId, name, id)
    try {
      return entity && stored ? decodeRow(entity, id, stored.row) : undefined
    } catch {
      // A corrupt row is rebuilt when somebody reads or writes it; until then nobody is shown it who may not see all.
      return undefined
    }
  }

  return {
    /** A function that gives a record's state as it is shown, or `undefined` for one out of sight. */
    shownTo:
      (view: View, workspaceId: string) =>
      (raw: RawRecord): Uint8Array | undefined => {
        if (view.seesAll(raw.entity)) return raw.state
        const row = read(workspaceId, raw)
        return row && view.sees(raw.entity, row) ? view.shown(raw.entity, raw.state) : undefined
      },
    /** Whether a record that is out of sight was in it at some time after a seq, as the journal tells. */
    wasShownTo: (
      view: View,
      workspaceId: string,
      { row: raw, after }: { row: RawRecord; after: number },
    ): boolean => {
      if (after === 0) return false
      let row = read(workspaceId, raw)
      for (const { changes, events } of entriesOf.iterate(workspaceId, raw.entity, raw.id, after)) {
        if (!row || isCreation(events)) return false
        row = { ...row, ...valuesBefore(changes) }
        if (view.sees(raw.entity, row)) return true
      }
      return false
    },
  }
}

const isCreation = (events: string): boolean =>
  (JSON.parse(events) as string[]).some((event) => event.endsWith('.created'))

const valuesBefore = (changes: string): { [field: string]: unknown } =>
  Object.fromEntries(
    Object.entries(JSON.parse(changes) as Record<string, [unknown, unknown]>).map(
      ([name, [before]]) => [name, before],
    ),
  )
