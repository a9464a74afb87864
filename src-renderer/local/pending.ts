/** Edits that are on this machine alone, by record: what the sync pill lists. */
import { entityNamed } from '../../shared/features'
import { titleOf } from '../../shared/kernel/entity'
import type { PendingRecord } from './api'
import type { Database } from './database'
import { recordKey } from './edits/working'
import { addTo } from './grouped'
import type { LocalEdit, OutboxEntry } from './stored'

/** Most edits that are looked at; a long outbox is told by its number. */
const readEdits = 500

/** The fields that edits are about. */
export const fieldsOf = (edits: readonly LocalEdit[]): string[] => [
  ...new Set(edits.flatMap(({ s, e, x }) => Object.keys({ ...s, ...e, ...x }))),
]

/** Records with waiting edits, those that wait longest first. */
export const pendingRecords = async (database: Database): Promise<PendingRecord[]> => {
  const waiting = await database.outbox
    .orderBy('n')
    .filter(({ acked }) => acked === undefined)
    .limit(readEdits)
    .toArray()
  const byRecord = new Map<string, OutboxEntry[]>()
  for (const edit of waiting) addTo(byRecord, recordKey(edit), edit)
  return Promise.all(
    [...byRecord.values()].flatMap((edits) => {
      const [first] = edits
      return first ? [toPending(database, first, edits)] : []
    }),
  )
}

const toPending = async (
  database: Database,
  first: OutboxEntry,
  edits: readonly OutboxEntry[],
): Promise<PendingRecord> => {
  const entity = entityNamed(first.entity)
  const row = entity ? await database.rows(first.entity).get(first.id) : undefined
  return {
    entity: first.entity,
    recordId: first.id,
    title: entity && row ? titleOf(entity, row) : '',
    isNew: edits.some(({ s }) => 'createdAt' in s),
    fields: fieldsOf(edits),
    since: first.at,
  }
}
