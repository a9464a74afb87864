/** The engine's storage over Dexie: each call is one transaction, the cursor is part of it. */
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { RecordTuple } from '../../../shared/protocol/sync'
import { type Database, readMeta } from '../database'
import { type Changes, type FreshRows, togetherWith } from '../query/tables'
import type { SyncMeta } from '../stored'
import { applyRecords, dropForgotten } from './apply-records'
import { createComparing } from './comparing'
import {
  beginCopy,
  type CopyLimits,
  copyLimits,
  copyWhole,
  coverageOf,
  dropUncovered,
  newFloor,
} from './copy'
import { isCopied, takeNewDevice } from './device'
import { beginEpoch } from './epoch'
import { dropUnseen } from './forget'
import { nextPush } from './next-push'
import { settle } from './settle'
import { differing } from './survey'
import type { SyncStorage } from './types'

export type SyncStorageDeps = {
  database: Database
  now: () => number
  /** Who is signed in: others' edits are news, theirs are not. */
  userId: string
  /** Whether this user's role may change such records. */
  mayEdit: (entity: AnyEntity) => boolean
  /** Called after a transaction with the rows it changed. */
  onChanged: (changes: Changes, fresh?: FreshRows) => void
  /** Called when the outbox or the issues changed. */
  onOutbox: () => void
  /** Called when this copy was compared with the server's; `isExpected`: rights had changed, so may it. */
  onAudited: (result: { checked: number; healed: number; isExpected: boolean }) => void
  /** Called when something has to be pulled again from the start. */
  onRepull: () => void
  /** Other limits than the product's, for tests and simulations. */
  limits?: CopyLimits
}

export const createSyncStorage = (deps: SyncStorageDeps): SyncStorage => {
  const { database, limits = copyLimits } = deps
  const { rowTables, outbox, issues, meta: metaTable, dexie } = database
  const { away, conflicts, delivered, history, files } = database
  const notes = [away, conflicts, delivered, history]
  const tables = [...rowTables, outbox, issues, ...notes, files, metaTable]

  const inTransaction = <T>(work: (meta: SyncMeta) => Promise<T>): Promise<T> =>
    dexie.transaction('rw', tables, async () => {
      const meta = await readMeta(database)
      const result = await work(meta)
      await metaTable.put(meta)
      return result
    })

  /** A copy that is to hold the latest changes alone drops what has become old. */
  const makeSmall = async () => {
    const isTooBig = await inTransaction(async (meta) => {
      const floor = newFloor(meta, limits)
      delete meta.makesRoom
      if (floor !== undefined) Object.assign(meta, { floor, downTo: floor })
      return floor !== undefined
    })
    if (isTooBig) deps.onChanged(await dropUncovered(database, inTransaction, deps.userId))
  }

  return {
    position: async () => {
      const { device, epoch, cursor } = await readMeta(database)
      return { device, epoch, cursor }
    },
    meet: ({ epoch, access, tiers, seq, records, decided }) =>
      inTransaction(async (meta) => {
        const isEmpty = meta.cursor === 0 && !meta.isComplete
        // Before the first page there is nothing that other rights could have brought here.
        if (isEmpty && access !== undefined) meta.access = access
        if (meta.epoch !== null && meta.epoch !== epoch) {
          await beginEpoch(database, meta, epoch)
          return 'changed'
        }
        if (await isCopied(database, meta, decided)) {
          await takeNewDevice(database, meta)
          return 'changed'
        }
        meta.epoch = epoch
        if (!tiers && (meta.floor ?? 0) > 0) copyWhole(meta)
        if (tiers && isEmpty) beginCopy(meta, { seq, records }, limits)
        return { ...coverageOf(meta), cursor: meta.cursor }
      }),
    addOlder: async ({ records, derived, seq, access, keptAfter, floor }) => {
      const { now, userId, mayEdit } = deps
      const result = await inTransaction(async (meta) => {
        if (floor && meta.floor !== floor.from) return 'moved'
        if ((meta.removedAt ?? 0) > seq) return 'again'
        if (access !== meta.access) delete meta.access
        const { wanted, absent } = await differing(database, records)
        const { cursor: upTo } = meta
        const isCatchUp = false
        const delivery = { records: wanted, upTo, now, userId, mayEdit, isCatchUp, derived, absent }
        const applied = await applyRecords(database, meta, delivery)
        if (floor) meta.floor = floor.to
        if (keptAfter === null) delete meta.keptAfter
        else if (keptAfter !== undefined) meta.keptAfter = keptAfter
        return applied
      })
      if (typeof result === 'string') return result
      deps.onChanged(result.changes, result.fresh)
      deps.onOutbox()
      return 'taken'
    },
    applyRecords: async (records: readonly RecordTuple[], upTo, { isCatchUp, access, derived }) => {
      const { now, userId, mayEdit } = deps
      const { changes, fresh } = await inTransaction((meta) => {
        // A page that was under way when its connection ended may come behind the next hello, and
        // was sent under other rights: what is here then has to be compared.
        if (access !== meta.access) delete meta.access
        const delivery = { records, upTo, now, userId, mayEdit, isCatchUp, derived }
        return applyRecords(database, meta, delivery)
      })
      deps.onChanged(changes, fresh)
      deps.onOutbox()
    },
    caughtUp: async () => {
      const changes = await inTransaction(async (meta) => {
        const at = new Date(deps.now()).toISOString()
        Object.assign(meta, { isComplete: true, liveSince: at, heardAt: at })
        const settled = await dropUnseen(database, meta)
        return meta.isReoffering
          ? togetherWith(settled, await dropForgotten(database, meta, deps))
          : settled
      })
      deps.onChanged(changes)
      deps.onOutbox()
      await makeSmall()
      return coverageOf(await readMeta(database))
    },
    renumber: () => inTransaction((meta) => takeNewDevice(database, meta)),
    nextPush: (after, options) =>
      dexie.transaction('rw', [outbox, metaTable], async () => {
        const edits = await nextPush(database, after, options)
        const last = edits.at(-1)
        const meta = await readMeta(database)
        // Noted before anything leaves: what may have been sent is never merged with later typing.
        if (last && last.n > meta.sent) await metaTable.put({ ...meta, sent: last.n })
        return edits
      }),
    settle: async (decisions) => {
      const settled = await inTransaction(async (meta) => {
        const { cursor, keptAfter } = meta
        const changes = await settle(database, meta, { decisions, now: deps.now })
        return { changes, needsPull: meta.cursor < cursor || meta.keptAfter !== keptAfter }
      })
      deps.onChanged(settled.changes)
      deps.onOutbox()
      if (settled.needsPull) deps.onRepull()
    },
    ...createComparing(deps, inTransaction),
  }
}
