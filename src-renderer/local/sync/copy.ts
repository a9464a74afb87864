/**
 * How much of a workspace this copy holds. A small one is pulled whole. Of a big one comes first what
 * every copy holds and what changed last, so that work can begin; then, behind it, everything older
 * down to where the user wants it. `meta.floor` says how far that has come: whatever is newer is
 * here, and of what is older, what every copy holds and what was looked up.
 */
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { isAlwaysKept } from '../../../shared/kernel/kept'
import { type Database, readMeta } from '../database'
import { pendingOf, recordKey } from '../edits/working'
import { type Changes, togetherWith } from '../query/tables'
import { beginning } from '../rows/rows'
import type { SyncMeta } from '../stored'
import { type CopyStatus, wholeCopy } from './copy-status'
import { type Forgotten, forget } from './forget'

export type CopyLimits = {
  /** A workspace of fewer records is pulled whole, in one go. */
  inParts: number
  /** The latest changes that come before the app goes live. */
  first: number
  /** The most records of which a new copy holds all without being told to. */
  whole: number
  /** The latest changes that a new copy of a bigger workspace holds. */
  latest: number
  /** By what share of that a copy may outgrow it before the oldest part is dropped. */
  slack: number
}

export const copyLimits: CopyLimits = {
  inParts: 5_000,
  first: 2_000,
  whole: 500_000,
  latest: 100_000,
  slack: 0.5,
}

/** Where the copying of the older part stands. */
export type Coverage = { floor: number; downTo: number; keptAfter: number | undefined }

export const coverageOf = ({ floor = 0, downTo = 0, keptAfter }: SyncMeta): Coverage => ({
  floor,
  downTo,
  keptAfter,
})

/** Begins an empty copy of a workspace that stands at `seq` and has so many records. */
export const beginCopy = (
  meta: SyncMeta,
  { seq, records }: { seq: number; records: number },
  limits: CopyLimits,
): void => {
  // What a restored server lacks can only be told once everything has been pulled.
  if (records < limits.inParts || meta.isReoffering) return
  const floor = Math.max(0, seq - limits.first)
  if (records > limits.whole) meta.latest ??= limits.latest
  Object.assign(meta, { floor, cursor: floor, keptAfter: 0, downTo: lowestWanted(meta, seq) })
}

/** The seq from which on everything is wanted here, in a workspace that stands at `seq`. */
export const lowestWanted = ({ latest }: SyncMeta, seq: number): number =>
  latest === undefined ? 0 : Math.max(0, seq - latest)

/** The server does not know of copies in parts: everything is pulled. */
export const copyWhole = (meta: SyncMeta): void => {
  delete meta.floor
  delete meta.downTo
  delete meta.keptAfter
  meta.cursor = 0
}

/** Whether the server counts a record among what this copy has to hold. */
export const isCovered = (
  { floor = 0 }: SyncMeta,
  record: { entity: AnyEntity; seq: number; row: AnyRow },
  userId: string,
): boolean => record.seq > floor || isAlwaysKept(record.entity, record.row, userId)

/** Rows looked through in one transaction, so that edits need not wait for the whole. */
const batchSize = 500

type InTransaction = <T>(work: (meta: SyncMeta) => Promise<T>) => Promise<T>

/** Forgets what was merely looked up, or is older than this copy is to hold; edits that wait stay. */
export const dropUncovered = async (
  database: Database,
  inTransaction: InTransaction,
  userId: string,
): Promise<Changes> => {
  let changes: Changes = {}
  for (const stored of database.allRows) {
    const { entity } = stored
    if (entity.isReference) continue
    let next = await stored.after(beginning, batchSize)
    for (; next; next = await stored.after(next.place, batchSize)) {
      const { rows } = next
      const dropped = await inTransaction(async (meta) => {
        const names = rows.map(({ id }) => ({ entity: entity.name, id }))
        const pending = await pendingOf(database, names)
        const surplus = rows.flatMap((row): Forgotten[] => {
          const name = { entity: entity.name, id: row.id }
          const isHeld =
            pending.has(recordKey(name)) || isCovered(meta, { entity, seq: row.$seq, row }, userId)
          return isHeld ? [] : [{ ...name, seq: row.$seq }]
        })
        return surplus.length > 0 ? forget(database, meta, surplus) : {}
      })
      changes = togetherWith(changes, dropped)
    }
  }
  return changes
}

export const copyStatusOf = (meta: SyncMeta): CopyStatus => {
  const { floor, downTo, keptAfter } = coverageOf(meta)
  const { cursor, latest = null } = meta
  if (floor === 0) return { ...wholeCopy, latest }
  const isThere = keptAfter === undefined && floor <= downTo
  const share = isThere ? 1 : Math.max(0, 1 - (floor - downTo) / Math.max(1, cursor - downTo))
  return { isWhole: false, share: keptAfter === undefined ? share : 0, latest }
}

/**
 * Changes how much this copy is to hold: `latest` changes, or everything. What is missing comes with the
 * next connection, and what is too much goes with it: a server that was restored from a backup may have
 * lost what only this copy holds, and asks for it then.
 */
export const changeCopy = (database: Database, latest: number | null): Promise<void> =>
  database.dexie.transaction('rw', database.meta, async () => {
    const meta = await readMeta(database)
    if (latest === null) delete meta.latest
    else meta.latest = latest
    meta.makesRoom = true
    meta.downTo = lowestWanted(meta, meta.cursor)
    await database.meta.put(meta)
  })

/** How far the floor is to rise once all is known to be with the server; `undefined` where it may stay. */
export const newFloor = (meta: SyncMeta, { slack }: CopyLimits): number | undefined => {
  const { cursor, floor = 0, latest, makesRoom } = meta
  if (latest === undefined) return undefined
  const wanted = lowestWanted(meta, cursor)
  return wanted - floor > (makesRoom ? 0 : latest * slack) ? wanted : undefined
}
