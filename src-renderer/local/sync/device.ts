/**
 * The id of this device, under which its edits are numbered. A profile that was copied, or brought
 * back from a backup, has one that is in use elsewhere; edits under it would be taken for repeated ones.
 */
import { newDeviceId } from '../../../shared/kernel/ids'
import type { Database } from '../database'
import type { OutboxEntry, SyncMeta } from '../stored'
import type { ServerHead } from './types'

/** Whether somebody else pushed under this device's id; inside a transaction. */
export const isCopied = async (
  database: Database,
  { nextN }: SyncMeta,
  { n, stamp }: ServerHead['decided'],
): Promise<boolean> => {
  if (n >= nextN) return true
  const own = n > 0 && stamp !== undefined ? await database.outbox.get(n) : undefined
  return own !== undefined && own.t !== stamp
}

/**
 * Takes another id and numbers what waits from 1; inside a transaction. Stamps stay as they were, so
 * that an edit which did arrive under the old id is the same one when it arrives again.
 */
export const takeNewDevice = async (database: Database, meta: SyncMeta): Promise<void> => {
  const waiting = await database.outbox.orderBy('n').toArray()
  await database.outbox.clear()
  // What was accepted and merely waits for its record's state is not sent again: it has no number.
  const accepted = waiting.filter(({ acked }) => acked !== undefined)
  const unsent = waiting.filter(({ acked }) => acked === undefined)
  await database.outbox.bulkAdd([
    ...accepted.map((entry, index): OutboxEntry => ({ ...entry, n: index - accepted.length })),
    ...unsent.map((entry, index): OutboxEntry => ({ ...entry, n: index + 1 })),
  ])
  const device = newDeviceId()
  const devices = [...meta.devices, device]
  Object.assign(meta, { device, devices, nextN: unsent.length + 1, sent: 0 })
}
