/** Lays the server's records under the waiting edits; inside a transaction over all of it. */
import { entityNamed } from '../../../shared/features'
import { createClock, parseStamp } from '../../../shared/kernel/clock'
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { RecordTuple } from '../../../shared/protocol/sync'
import { deliveredOf } from '../away/delivered'
import { createWatch } from '../away/watch'
import type { Database } from '../database'
import { pendingOf, recordKey, rowsNamed } from '../edits/working'
import { addTo } from '../grouped'
import { type Changes, type FreshRows, togetherWith } from '../query/tables'
import { deriveRecord, openDocument, toStoredRow } from '../record'
import type { OutboxEntry, StoredRow, SyncMeta } from '../stored'
import { lostEdits, lostRecord, offer, putOffersFirst } from './epoch'
import { type Forgotten, forget } from './forget'
import type { Unpacked } from './unpack'

type Incoming = { entity: AnyEntity; id: string; seq: number; state: Uint8Array }

const known = (records: readonly RecordTuple[]): Incoming[] =>
  records.flatMap(([name, id, seq, state]) => {
    // Entities of a newer server are left out; the update that knows them pulls from the start.
    const entity = entityNamed(name)
    // A copy: the state is a view of its whole page, and IndexedDB would store all of that with it.
    return entity && state ? [{ entity, id, seq, state: state.slice() }] : []
  })

const outOfSight = (records: readonly RecordTuple[]): Forgotten[] =>
  records.flatMap(([entity, id, seq, state]) =>
    entityNamed(entity) && !state ? [{ entity, id, seq }] : [],
  )

const nameOf = ({ entity, id }: Incoming) => ({ entity: entity.name, id })

const rowsBefore = async (
  database: Database,
  meta: SyncMeta,
  { incoming, isCatchUp }: { incoming: readonly Incoming[]; isCatchUp: boolean },
): Promise<Map<string, StoredRow>> => {
  // A first start has nothing to compare with, and what comes live is seen as it comes.
  if (!meta.isReoffering && !(isCatchUp && meta.isComplete)) return new Map()
  return rowsNamed(database, incoming.map(nameOf))
}

/**
 * Whatever the server sends ranks before the next edit here, however far this machine's clock is
 * behind: the server has held every stamp to its own time.
 */
const learnTime = (meta: SyncMeta, newest: string, now: () => number): void => {
  if (newest <= meta.stamp) return
  const clock = createClock({
    device: meta.device,
    now: () => Math.max(now(), parseStamp(newest).ms),
    ...(meta.stamp === '' ? {} : { last: meta.stamp }),
  })
  clock.see(newest)
  meta.stamp = clock.next()
}

/** Offers again what a restored server lacks; the derived row then has it among its waiting edits. */
const offerLost = async (
  database: Database,
  meta: SyncMeta,
  {
    incoming,
    old,
    at,
    mayEdit,
  }: Pick<Delivery, 'mayEdit'> & { incoming: Incoming; old: StoredRow; at: string },
): Promise<OutboxEntry[]> => {
  if (!meta.isReoffering) return []
  const { entity, state } = incoming
  const known = openDocument({ state, edits: [] }).doc
  const offers = lostEdits(meta, { entity, old, mayEdit: mayEdit(entity) }, known)
  return offer(database, meta, { ...nameOf(incoming), offers, at })
}

export type Delivery = {
  records: readonly RecordTuple[]
  upTo: number
  now: () => number
  userId: string
  mayEdit: (entity: AnyEntity) => boolean
  /** Records as they are where no edits wait for them. */
  derived?: Unpacked['derived'] | undefined
  /** By entity, ids that are known not to be here. */
  absent?: ReadonlyMap<string, ReadonlySet<string>>
  /** Part of what happened while this device was not connected. */
  isCatchUp: boolean
}

/** What changed, and the rows of it that were stored. */
type Applied = { changes: Changes; fresh: FreshRows }

export const applyRecords = async (
  database: Database,
  meta: SyncMeta,
  { records, upTo, now, userId, mayEdit, isCatchUp, derived: ready, absent }: Delivery,
): Promise<Applied> => {
  const incoming = known(records)
  const pending = await pendingOf(database, incoming.map(nameOf))
  const delivered = await deliveredOf(database, incoming.map(nameOf))
  const before = await rowsBefore(database, meta, { incoming, isCatchUp })
  const watch = createWatch(database, meta, { userId, isCatchUp })
  const at = new Date(now()).toISOString()
  const rows = new Map<string, StoredRow[]>()
  const contained: number[] = []
  let newest = ''
  for (const each of incoming) {
    const { entity, id, seq, state } = each
    const waiting: OutboxEntry[] = []
    const edits = pending.get(recordKey(nameOf(each))) ?? []
    for (const edit of edits)
      if (edit.acked !== undefined && edit.acked <= seq) contained.push(edit.n)
      else waiting.push(edit)
    const known = waiting.length === 0 ? ready?.get(recordKey(nameOf(each))) : undefined
    let derived = known ?? deriveRecord(entity, id, { state, edits: waiting })
    // What the server sent cannot be read here: the row stays as it was, the others go on.
    if (!derived.readable) continue
    const old = before.get(recordKey(nameOf(each)))
    const late = delivered.get(recordKey(nameOf(each))) ?? []
    watch.see({ entity, id, derived, before: old, pending: edits, delivered: late })
    const lost = old ? await offerLost(database, meta, { incoming: each, old, at, mayEdit }) : []
    if (lost.length > 0) derived = deriveRecord(entity, id, { state, edits: [...waiting, ...lost] })
    if (derived.newest > newest) newest = derived.newest
    addTo(rows, entity.name, toStoredRow(entity, derived.row, { seq, gen: meta.gen, state }))
  }
  for (const [name, some] of rows) await database.rows(name).bulkPut(some, absent?.get(name))
  if (contained.length > 0) await database.outbox.bulkDelete(contained)
  const forgotten = await forget(database, meta, outOfSight(records))
  await watch.save()
  learnTime(meta, newest, now)
  meta.cursor = upTo
  meta.heardAt = at
  const put = Object.fromEntries([...rows].map(([name, some]) => [name, some.map(({ id }) => id)]))
  return { changes: togetherWith(put, forgotten), fresh: rows }
}

/** After everything was pulled from a restored server: brings back or drops what it does not know. */
export const dropForgotten = async (
  database: Database,
  meta: SyncMeta,
  { now, mayEdit }: Pick<Delivery, 'now' | 'mayEdit'>,
): Promise<Changes> => {
  const changes: { [entity: string]: string[] } = {}
  const at = new Date(now()).toISOString()
  for (const stored of database.allRows) {
    const { entity } = stored
    const stale = await stored.filter((row) => row.$gen < meta.gen)
    if (stale.length === 0) continue
    const names = stale.map(({ id }) => ({ entity: entity.name, id }))
    const pending = await pendingOf(database, names)
    for (const old of stale) {
      const name = { entity: entity.name, id: old.id }
      const offers = lostRecord(meta, { entity, old, mayEdit: mayEdit(entity) })
      const lost = await offer(database, meta, { ...name, offers, at })
      const edits = [...(pending.get(recordKey(name)) ?? []), ...lost]
      const { row } = deriveRecord(entity, old.id, { edits })
      if (edits.length === 0) await stored.bulkDelete([old.id])
      else await stored.bulkPut([toStoredRow(entity, row, { seq: 0, gen: meta.gen })])
    }
    changes[entity.name] = stale.map(({ id }) => id)
  }
  await putOffersFirst(database, meta)
  meta.isReoffering = false
  return changes
}
