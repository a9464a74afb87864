/** Edits made offline, remembered for a while after they were delivered. */
import type { Database } from '../database'
import { type RecordName, recordKey } from '../edits/working'
import { addTo } from '../grouped'
import type { DeliveredEdit, OutboxEntry, SyncMeta } from '../stored'

/** A colleague who stays offline for longer than this wins in silence. */
const keptMs = 30 * 24 * 3600_000

/** Whether others could have made another edit of the same fields without seeing this one. */
const isWorthKeeping = (edit: OutboxEntry, { liveSince }: SyncMeta): boolean =>
  liveSince !== undefined &&
  edit.at < liveSince &&
  !('createdAt' in edit.s) &&
  Object.keys({ ...edit.s, ...edit.e }).length > 0

/** Remembers accepted edits that were made offline; inside the transaction that settles them. */
export const rememberDelivered = async (
  { delivered }: Database,
  meta: SyncMeta,
  { accepted, now }: { accepted: readonly OutboxEntry[]; now: number },
): Promise<void> => {
  const deliveredAt = new Date(now).toISOString()
  const late = accepted
    .filter((edit) => isWorthKeeping(edit, meta))
    .map(
      ({ t, entity, id, s, e, at }): DeliveredEdit => ({
        t,
        entity,
        id,
        s,
        ...(e ? { e } : {}),
        at,
        deliveredAt,
      }),
    )
  if (late.length === 0) return
  await delivered.bulkPut(late)
  await delivered
    .where('deliveredAt')
    .below(new Date(now - keptMs).toISOString())
    .delete()
}

/** What is remembered of records, by `recordKey`. */
export const deliveredOf = async (
  { delivered }: Database,
  records: readonly RecordName[],
): Promise<Map<string, DeliveredEdit[]>> => {
  const found = new Map<string, DeliveredEdit[]>()
  if ((await delivered.count()) === 0) return found
  const names = records.map(({ entity, id }) => [entity, id])
  for (const edit of await delivered.where('[entity+id]').anyOf(names).toArray())
    addTo(found, recordKey(edit), edit)
  return found
}
