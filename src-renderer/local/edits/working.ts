/** Reads what a transaction is about to change: rows with their base states and waiting edits. */
import type { Database } from '../database'
import { addTo } from '../grouped'
import type { OutboxEntry, StoredRow } from '../stored'
import type { Working } from './apply'
import { knownEntity } from './check'

export type RecordName = { entity: string; id: string }

/** One string for entity and id, for maps. */
export const recordKey = ({ entity, id }: RecordName): string => `${entity} ${id}`

/** The waiting edits of records, in order, by `recordKey`. */
export const pendingOf = async (
  database: Database,
  records: readonly RecordName[],
): Promise<Map<string, OutboxEntry[]>> => {
  const pending = new Map<string, OutboxEntry[]>()
  const waiting = await database.outbox.count()
  if (waiting === 0) return pending
  const wanted = new Map(records.map((record) => [recordKey(record), record]))
  // Reading a short outbox whole is faster than looking up thousands of records one by one.
  const entries =
    waiting <= wanted.size * 2
      ? await database.outbox.toArray()
      : await database.outbox
          .where('[entity+id]')
          .anyOf([...wanted.values()].map(({ entity, id }) => [entity, id]))
          .toArray()
  for (const entry of entries.sort((a, b) => a.n - b.n)) {
    const key = recordKey(entry)
    if (wanted.has(key)) addTo(pending, key, entry)
  }
  return pending
}

/** The rows of these records, as far as they are here, by `recordKey`. */
export const rowsNamed = async (
  database: Database,
  records: readonly RecordName[],
): Promise<Map<string, StoredRow>> => {
  const ids = new Map<string, string[]>()
  for (const { entity, id } of records) addTo(ids, entity, id)
  const rows = new Map<string, StoredRow>()
  for (const [entity, some] of ids)
    for (const row of await database.rows(entity).bulkGet(some))
      if (row) rows.set(recordKey({ entity, id: row.id }), row)
  return rows
}

/** The records that steps are about, existing or not, by `recordKey`. */
export const loadWorking = async (
  database: Database,
  records: readonly RecordName[],
): Promise<Map<string, Working>> => {
  const pending = await pendingOf(database, records)
  const working = new Map<string, Working>()
  for (const name of new Set(records.map(({ entity }) => entity))) {
    const entity = knownEntity(name)
    const ids = [...new Set(records.filter((each) => each.entity === name).map(({ id }) => id))]
    const rows = await database.rows(name).bulkGet(ids)
    ids.forEach((id, index) => {
      const row = rows[index]
      working.set(recordKey({ entity: name, id }), {
        entity,
        id,
        row,
        seq: row?.$seq ?? 0,
        gen: row?.$gen ?? 0,
        state: row?.$state,
        pending: pending.get(recordKey({ entity: name, id })) ?? [],
      })
    })
  }
  return working
}
