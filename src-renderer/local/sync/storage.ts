/** The engine's storage over Dexie: each call is one transaction, the cursor is part of it. */
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { RecordTuple } from '../../../shared/protocol/sync'
import { type Database, readMeta } from '../database'
import { type Changes, togetherWith } from '../query/tables'
import type { SyncMeta } from '../stored'
import { applyRecords, dropForgotten } from './apply-records'
import { beginEpoch } from './epoch'
import { dropUnseen, forget } from './forget'
import { nextPush } from './next-push'
import { settle } from './settle'
import { differing, survey } from './survey'
import type { SyncStorage } from './types'

export type SyncStorageDeps = {
  database: Database
  now: () => number
  /** Who is signed in: others' edits are news, theirs are not. */
  userId: string
  /** Whether this user's role may change such records. */
  mayEdit: (entity: AnyEntity) => boolean
  /** Called after a transaction with the rows it changed. */
  onChanged: (changes: Changes) => void
  /** Called when the outbox or the issues changed. */
  onOutbox: () => void
  /** Called when this copy was compared with the server's; `isExpected`: rights had changed, so may it. */
  onAudited: (result: { checked: number; healed: number; isExpected: boolean }) => void
  /** Called when something has to be pulled again from the start. */
  onRepull: () => void
}

const dayMs = 24 * 60 * 60 * 1000

export const createSyncStorage = (deps: SyncStorageDeps): SyncStorage => {
  const { database } = deps
  const { entityTables, outbox, issues, meta: metaTable, dexie } = database
  const { away, conflicts, delivered, history, files } = database
  const notes = [away, conflicts, delivered, history]
  const tables = [...entityTables, outbox, issues, ...notes, files, metaTable]

  const inTransaction = <T>(work: (meta: SyncMeta) => Promise<T>): Promise<T> =>
    dexie.transaction('rw', tables, async () => {
      const meta = await readMeta(database)
      const result = await work(meta)
      await metaTable.put(meta)
      return result
    })

  return {
    position: async () => {
      const { device, epoch, cursor } = await readMeta(database)
      return { device, epoch, cursor }
    },
    meet: ({ epoch, access }) =>
      inTransaction(async (meta) => {
        // Before the first page there is nothing that other rights could have brought here.
        if (meta.cursor === 0 && !meta.isComplete && access !== undefined) meta.access = access
        if (meta.epoch === epoch) return 'same'
        const isFirst = meta.epoch === null
        if (isFirst) meta.epoch = epoch
        else await beginEpoch(database, meta, epoch)
        return isFirst ? 'same' : 'changed'
      }),
    applyRecords: async (records: readonly RecordTuple[], upTo, { isCatchUp, access }) => {
      const { now, userId, mayEdit } = deps
      const changes = await inTransaction((meta) => {
        // A page that was under way when its connection ended may come behind the next hello, and
        // was sent under other rights: what is here then has to be compared.
        if (access !== meta.access) delete meta.access
        return applyRecords(database, meta, { records, upTo, now, userId, mayEdit, isCatchUp })
      })
      deps.onChanged(changes)
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
    },
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
        const { cursor } = meta
        const changes = await settle(database, meta, { decisions, now: deps.now })
        return { changes, needsPull: meta.cursor < cursor }
      })
      deps.onChanged(settled.changes)
      deps.onOutbox()
      if (settled.needsPull) deps.onRepull()
    },
    isAuditDue: async (access) => {
      const meta = await readMeta(database)
      const last = meta.audit?.at ?? meta.liveSince
      if (!meta.isComplete || last === undefined) return false
      if (access !== undefined && access !== meta.access) return true
      // A clock that was set back must not put it off for years.
      return Math.abs(deps.now() - Date.parse(last)) > dayMs
    },
    survey: async () => {
      const { changes, ...found } = await survey(database, inTransaction)
      deps.onChanged(changes)
      return found
    },
    heal: async (records, surplus) => {
      const { now, userId, mayEdit } = deps
      const changes = await inTransaction(async (meta) => {
        const wrong = await differing(database, records)
        const gone = await forget(database, meta, surplus)
        if (wrong.length === 0) return gone
        const { cursor: upTo } = meta
        const isCatchUp = false
        const healed = await applyRecords(database, meta, {
          records: wrong,
          upTo,
          now,
          userId,
          mayEdit,
          isCatchUp,
        })
        return togetherWith(healed, gone)
      })
      deps.onChanged(changes)
      deps.onOutbox()
      return Object.values(changes).reduce((sum, ids) => sum + ids.length, 0)
    },
    audited: async ({ access, ...result }) => {
      const at = new Date(deps.now()).toISOString()
      const isExpected = await inTransaction(async (meta) => {
        const hasChanged = access !== undefined && access !== meta.access
        meta.audit = { at, ...result }
        if (access !== undefined) meta.access = access
        return hasChanged
      })
      deps.onAudited({ ...result, isExpected })
    },
  }
}
