/** Takes records out of this copy that its user may no longer see; inside a transaction over all of it. */
import type { Database } from '../database'
import { pendingOf, type RecordName, recordKey, rowsNamed } from '../edits/working'
import { addTo } from '../grouped'
import type { Changes } from '../query/tables'
import type { OutboxEntry, SyncMeta } from '../stored'
import { rederive } from './rederive'

/** A record out of sight since `seq`. */
export type Forgotten = RecordName & { seq: number }

/**
 * Removes rows with their states, what was noted about them, and undo steps that would bring values
 * back. Edits that the server has not decided on stay: they are this user's own words, and it will
 * say what becomes of them. A record that has come back since is left alone.
 */
export const forget = async (
  database: Database,
  meta: SyncMeta,
  records: readonly Forgotten[],
): Promise<Changes> => {
  const changes: { [entity: string]: string[] } = {}
  const gone: Forgotten[] = []
  const held = await rowsNamed(database, records)
  for (const record of records) {
    const row = held.get(recordKey(record))
    if (row && row.$seq > record.seq) continue
    gone.push(record)
    if (record.entity === 'file' && row) await forgetContent(database, record.id, row.sha256)
    if (row) changes[record.entity] = [...(changes[record.entity] ?? []), record.id]
  }
  if (gone.length === 0) return changes
  meta.removedAt = Math.max(meta.removedAt ?? 0, meta.cursor, ...gone.map(({ seq }) => seq))
  const ids = new Map<string, string[]>()
  for (const { entity, id } of gone) addTo(ids, entity, id)
  for (const [entity, some] of ids) await database.rows(entity).bulkDelete(some)
  // What is left of such a record is what this user says of it and the server has not decided on.
  const undecided = await forgetDecided(database, gone)
  for (const [entity, shown] of Object.entries(await rederive(database, meta, undecided)))
    changes[entity] = [...new Set([...(changes[entity] ?? []), ...shown])]
  await forgetNotes(database, gone)
  return changes
}

/** The content goes with the last file that has it. */
const forgetContent = async (database: Database, id: string, sha256: unknown): Promise<void> => {
  const others = await database.rows('file').filter((row) => row.sha256 === sha256 && row.id !== id)
  const content = await database.files.get(String(sha256))
  if (others.length === 0 && content?.waitingFor.length === 0)
    await database.files.delete(String(sha256))
}

/** Answers the edits of these records that still wait. */
const forgetDecided = async (
  database: Database,
  gone: readonly Forgotten[],
): Promise<OutboxEntry[]> => {
  const pending = await pendingOf(database, gone)
  const decided: number[] = []
  const undecided: OutboxEntry[] = []
  for (const record of gone)
    for (const edit of pending.get(recordKey(record)) ?? [])
      if (edit.acked !== undefined && edit.acked <= record.seq) decided.push(edit.n)
      else undecided.push(edit)
  await database.outbox.bulkDelete(decided)
  return undecided
}

const forgetNotes = async (database: Database, gone: readonly Forgotten[]): Promise<void> => {
  const { away, conflicts, delivered, history } = database
  const names = gone.map(({ entity, id }) => [entity, id])
  const keys = new Set(gone.map(recordKey))
  await conflicts.where('[entity+recordId]').anyOf(names).delete()
  await delivered.where('[entity+id]').anyOf(names).delete()
  await away
    .filter(({ entity, recordId }) => keys.has(recordKey({ entity, id: recordId })))
    .delete()
  await history
    .filter(({ undo, redo }) => [...undo, ...redo].some((step) => keys.has(recordKey(step))))
    .delete()
}

/** Edits that were taken of records that all there is to pull did not bring: those are out of sight. */
export const dropUnseen = async (database: Database, meta: SyncMeta): Promise<Changes> => {
  const settled = await database.outbox.where('acked').belowOrEqual(meta.cursor).toArray()
  if (settled.length === 0) return {}
  await database.outbox.bulkDelete(settled.map(({ n }) => n))
  return rederive(database, meta, settled)
}
