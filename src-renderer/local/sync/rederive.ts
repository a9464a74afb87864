/** Derives stored rows again after their waiting edits changed; inside a transaction over all of it. */
import type { Database } from '../database'
import type { Working } from '../edits/apply'
import { loadWorking, type RecordName } from '../edits/working'
import { addTo } from '../grouped'
import type { Changes } from '../query/tables'
import { deriveRecord, toStoredRow } from '../record'
import type { StoredRow, SyncMeta } from '../stored'

/**
 * All that this copy holds is pulled once more, and then compared: what has gone out of sight is not
 * pulled.
 */
export const pullAgain = (meta: SyncMeta): void => {
  meta.cursor = meta.floor ?? 0
  if (meta.cursor > 0) meta.keptAfter = 0
  delete meta.access
}

/** What is left of a record: a row, or nothing where neither the server nor the outbox knows it. */
const rowOf = (working: Working, meta: SyncMeta): StoredRow | undefined => {
  const { entity, id, pending: edits } = working
  if (working.state === undefined && edits.length === 0) return undefined
  const derived = deriveRecord(entity, id, { state: working.state, edits })
  if (derived.readable) return toStoredRow(entity, derived.row, working)
  // A damaged state is fetched again; until then the record shows what this machine knows of it.
  pullAgain(meta)
  return edits.length === 0
    ? undefined
    : toStoredRow(entity, derived.row, { seq: 0, gen: working.gen })
}

/** Answers which rows changed. Sets the cursor back in `meta` where a record must be pulled again. */
export const rederive = async (
  database: Database,
  meta: SyncMeta,
  records: readonly RecordName[],
): Promise<Changes> => {
  const changes = new Map<string, string[]>()
  const rows = new Map<string, StoredRow[]>()
  const gone = new Map<string, string[]>()
  for (const working of (await loadWorking(database, records)).values()) {
    const { name } = working.entity
    const row = rowOf(working, meta)
    if (row) addTo(rows, name, row)
    else addTo(gone, name, working.id)
    addTo(changes, name, working.id)
  }
  for (const [name, some] of rows) await database.rows(name).bulkPut(some)
  for (const [name, ids] of gone) await database.rows(name).bulkDelete(ids)
  return Object.fromEntries(changes)
}
