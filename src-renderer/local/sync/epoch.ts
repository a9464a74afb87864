/**
 * A server that was restored from a backup starts a new epoch. This device then takes a new id and
 * numbers its edits anew, pulls everything, and offers again what the server lost of its own edits.
 * Stamps stay as they were, so nothing is applied twice and nothing stale wins.
 */
import type * as Y from 'yjs'
import { lostText, withoutServerDeletions } from '../../../shared/crdt/lost-text'
import { decidingStamps, fold, type Patch } from '../../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../../shared/crdt/record-doc'
import { parseStamp } from '../../../shared/kernel/clock'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { freshClientId } from '../client-id'
import type { Database } from '../database'
import { openDocument } from '../record'
import type { LocalEdit, OutboxEntry, StoredRow, SyncMeta } from '../stored'
import { copyWhole } from './copy'
import { takeNewDevice } from './device'

const textOf = ({ x }: OutboxEntry): Pick<OutboxEntry, 'x'> => {
  if (!x) return {}
  const safe = Object.entries(x).map(([name, update]) => [name, withoutServerDeletions(update)])
  return { x: Object.fromEntries(safe) }
}

/** Begins a new epoch: what waits is numbered from 1 under a new device id. */
export const beginEpoch = async (
  database: Database,
  meta: SyncMeta,
  epoch: string,
): Promise<void> => {
  const waiting = await database.outbox.toArray()
  await database.outbox.bulkPut(
    waiting.map(({ acked, ...entry }): OutboxEntry => ({ ...entry, ...textOf(entry) })),
  )
  await takeNewDevice(database, meta)
  // What the server lost can only be told by pulling everything; the copy is made small again after.
  copyWhole(meta)
  Object.assign(meta, { gen: meta.gen + 1, epoch, isReoffering: true })
}

type Offer = Pick<LocalEdit, 't' | 's' | 'e' | 'x'>

/** What is held here of a record that a restored server lacks, and whether this user may bring it back. */
export type Lack = { entity: AnyEntity; old: StoredRow; mayEdit: boolean }

const withoutServerFields = (entity: AnyEntity, patch: Patch): Patch => {
  const own = Object.entries(patch.s).filter(([name]) => !fieldOf(entity, name)?.serverOnly)
  return { ...patch, s: Object.fromEntries(own) }
}

/**
 * Patches worth offering: everybody's, since their authors may never come back; of a user who may
 * not edit such records only their own, so that they hear that those are gone.
 */
const offered = (meta: SyncMeta, { entity, mayEdit }: Lack, old: Y.Doc): Patch[] =>
  patchesOf(old)
    .filter(({ t }) => mayEdit || meta.devices.includes(parseStamp(t).device))
    .map((patch) => withoutServerFields(entity, patch))

/** Fields and sets that the restored server does not contain. */
const lostValues = (offers: readonly Patch[], known: readonly Patch[]): Offer[] => {
  const stamps = new Set(known.map(({ t }) => t))
  const fresh = offers.filter(({ t }) => !stamps.has(t))
  const deciding = decidingStamps(fold([...known, ...fresh]))
  return fresh
    .filter(({ t, s, e }) => deciding.has(t) && Object.keys({ ...s, ...e }).length > 0)
    .map(({ t, s, e }): Offer => (e ? { t, s, e } : { t, s }))
}

/**
 * Text that the server lost, whoever wrote it: words keep their identity, so that all who have them
 * may bring them back. Offered under the stamp of its newest edit, which is the same for all of them.
 */
const lostTexts = (entity: AnyEntity, old: Y.Doc, known: Y.Doc): Offer[] => {
  const { texts } = fold(patchesOf(old))
  const offers = new Map<string, Offer>()
  for (const [field, update] of Object.entries(lostText(entity, { old, known }, freshClientId()))) {
    const t = texts.get(field)?.t
    if (t !== undefined) offers.set(t, { t, s: {}, x: { ...offers.get(t)?.x, [field]: update } })
  }
  return [...offers.values()]
}

/** Offers of one stamp are one edit: the server keeps one patch a stamp. */
const joined = (offers: readonly Offer[]): Offer[] => {
  const byStamp = new Map<string, Offer>()
  for (const offer of offers) byStamp.set(offer.t, { ...byStamp.get(offer.t), ...offer })
  return [...byStamp.values()].sort((a, b) => (a.t < b.t ? -1 : 1))
}

/** All that a restored server lacks of a record which it still knows; `known` is what it sent. */
export const lostEdits = (meta: SyncMeta, lack: Lack, known: Y.Doc): Offer[] => {
  const { entity, old, mayEdit } = lack
  if (old.$gen === meta.gen) return []
  const { doc } = openDocument({ state: old.$state, edits: [] })
  const texts = mayEdit ? lostTexts(entity, doc, known) : []
  return joined([...texts, ...lostValues(offered(meta, lack, doc), patchesOf(known))])
}

/** All edits that bring back a record which the restored server does not know at all. */
export const lostRecord = (meta: SyncMeta, lack: Lack): Offer[] => {
  const { entity, old } = lack
  const { doc } = openDocument({ state: old.$state, edits: [] })
  const values = lostValues(offered(meta, lack, doc), [])
  // The creation goes first, being what the rest is an edit of; without it, it would be half a record.
  const first = values.find(({ s }) => 'createdAt' in s)
  if (!first) return []
  const more = values.filter((offer) => offer !== first)
  return [first, ...joined([...lostTexts(entity, doc, openRecord()), ...more])]
}

/**
 * Numbers the outbox anew, offers first: what waits may build on what the server lost. Nothing of
 * it was pushed in this epoch yet.
 */
export const putOffersFirst = async (database: Database, meta: SyncMeta): Promise<void> => {
  const entries = await database.outbox.orderBy('n').toArray()
  if (!entries.some(({ isOffer }) => isOffer)) return
  const offers = entries.filter(({ isOffer }) => isOffer)
  const waiting = entries.filter(({ isOffer }) => !isOffer)
  await database.outbox.clear()
  await database.outbox.bulkAdd(
    [...offers, ...waiting].map(({ isOffer, ...entry }, index) => ({ ...entry, n: index + 1 })),
  )
  meta.nextN = entries.length + 1
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
      isOffer: true,
    }),
  )
  meta.nextN += entries.length
  await database.outbox.bulkAdd(entries)
  return entries
}
