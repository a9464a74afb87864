/** *While you were away*: what was noticed, applying a lost edit again, and putting things aside. */
import { entityNamed } from '../../../shared/features'
import { titleOf } from '../../../shared/kernel/entity'
import { Refusal } from '../../../shared/kernel/refusal'
import type { AwayReport, CommitResult } from '../api'
import type { Database } from '../database'
import { type WriteContext, writeSteps } from '../edits/write'
import type { AwayEntry, LostEntry } from '../stored'

const titled = async <T extends AwayEntry | LostEntry>(
  database: Database,
  entries: readonly T[],
): Promise<(T & { title: string })[]> =>
  Promise.all(
    entries.map(async (entry) => {
      const entity = entityNamed(entry.entity)
      const row = entity ? await database.rows(entry.entity).get(entry.recordId) : undefined
      return { ...entry, title: entity && row ? titleOf(entity, row) : '' }
    }),
  )

/** Everything that has not been put aside, newest first. */
export const awayReport = async (database: Database): Promise<AwayReport> => {
  const changes = await database.away.orderBy('at').reverse().toArray()
  const lost = await database.conflicts.orderBy('at').reverse().toArray()
  const since = changes.flatMap((change) => change.since ?? []).sort()[0] ?? null
  return { since, changes: await titled(database, changes), lost: await titled(database, lost) }
}

/** Sets a lost value again, as an edit of this moment. */
export const reapplyLost = async (
  context: WriteContext,
  id: string,
  { label }: { label: string },
): Promise<CommitResult> => {
  const { conflicts } = context.database
  const entry = await conflicts.get(id)
  if (!entry) return { ok: false, refusal: new Refusal('record.missing').info }
  const { entity, recordId, field, mine, set } = entry
  const change = set ? { sets: { [field]: set } } : { set: { [field]: mine } }
  return writeSteps(context, [{ entity, id: recordId, ...change }], {
    label,
    alongside: () => conflicts.delete(id),
  })
}

/** Puts changes and lost edits aside: they have been seen, and what stands may stand. */
export const dismissAway = (
  { dexie, away, conflicts }: Database,
  ids: readonly string[],
): Promise<void> =>
  dexie.transaction('rw', away, conflicts, async () => {
    await away.bulkDelete([...ids])
    await conflicts.bulkDelete([...ids])
  })
