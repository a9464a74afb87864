/**
 * A server that was restored from a backup starts a new epoch. This device then takes a new id and
 * numbers its edits anew, pulls everything, and offers again what the server lost of its own edits.
 * Stamps stay as they were, so nothing is applied twice and nothing stale wins.
 */
import { decidingStamps, fold, type Patch } from '../../../shared/crdt/patch'
import { openRecord, patchesOf, recordState, writeText } from '../../../shared/crdt/record-doc'
import { readTexts } from '../../../shared/crdt/row'
import { parseStamp } from '../../../shared/kernel/clock'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { newDeviceId } from '../../../shared/kernel/ids'
import { freshClientId } from '../client-id'
import type { Database } from '../database'
import { openDocument } from '../record'
import type { LocalEdit, OutboxEntry, StoredRow, SyncMeta } from '../stored'

/** Begins a new epoch: what waits is numbered from 1 under a new device id. */
export const beginEpoch = async (
  database: Database,
  meta: SyncMeta,
  epoch: string,
): Promise<void> => {
  const waiting = await database.outbox.orderBy('n').toArray()
  await database.outbox.clear()
  const entries = waiting.map(
    ({ acked, ...entry }, index): OutboxEntry => ({ ...entry, n: index + 1 }),
  )
  await database.outbox.bulkAdd(entries)
  const device = newDeviceId()
  Object.assign(meta, {
    device,
    devices: [...meta.devices, device],
    gen: meta.gen + 1,
    epoch,
    cursor: 0,
    nextN: entries.length + 1,
    sent: 0,
    isReoffering: true,
  })
}

type Offer = Pick<LocalEdit, 't' | 's' | 'e' | 'x'>

const ownPatches = (meta: SyncMeta, row: StoredRow): Patch[] =>
  patchesOf(openDocument({ state: row.$state, edits: [] }).doc).filter((patch) =>
    meta.devices.includes(parseStamp(patch.t).device),
  )

/** What this device once had accepted for a record and the restored server's state does not contain. */
export const lostEdits = (meta: SyncMeta, old: StoredRow, known: readonly Patch[]): Offer[] => {
  if (old.$gen === meta.gen) return []
  const stamps = new Set(known.map(({ t }) => t))
  const own = ownPatches(meta, old).filter(({ t }) => !stamps.has(t))
  const deciding = decidingStamps(fold([...known, ...own]))
  return own
    .filter(({ t, s, e }) => deciding.has(t) && Object.keys({ ...s, ...e }).length > 0)
    .map(({ t, s, e }): Offer => (e ? { t, s, e } : { t, s }))
    .sort((a, b) => (a.t < b.t ? -1 : 1))
}

/** The texts of a record that the server lost whole, as updates for a fresh document. */
const lostTexts = (entity: AnyEntity, old: StoredRow): { [field: string]: Uint8Array } => {
  const texts = readTexts(entity, openDocument({ state: old.$state, edits: [] }).doc)
  const updates: { [field: string]: Uint8Array } = {}
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) continue
    const doc = openRecord()
    doc.clientID = freshClientId()
    writeText(doc, name, text)
    updates[name] = recordState(doc)
  }
  return updates
}

/** All edits that bring back a record which the restored server does not know at all. */
export const lostRecord = (meta: SyncMeta, entity: AnyEntity, old: StoredRow): Offer[] => {
  const [first, ...more] = lostEdits(meta, old, [])
  if (!first) return []
  const isOwn = 'createdAt' in first.s
  const x = isOwn ? lostTexts(entity, old) : {}
  return [Object.keys(x).length > 0 ? { ...first, x } : first, ...more]
}

/** Puts offers into the outbox; inside the transaction that `meta` is written in. */
export const offer = async (
  database: Database,
  meta: SyncMeta,
  record: { entity: string; id: string; offers: readonly Offer[]; at: string },
): Promise<OutboxEntry[]> => {
  const { entity, id, at } = record
  const entries = record.offers.map(
    (part, index): OutboxEntry => ({
      ...part,
      n: meta.nextN + index,
      entity,
      id,
      at,
    }),
  )
  meta.nextN += entries.length
  await database.outbox.bulkAdd(entries)
  return entries
}
