/** The part of the engine's storage that compares this copy with the server's and mends it. */
import { readMeta } from '../database'
import { togetherWith } from '../query/tables'
import type { SyncMeta } from '../stored'
import { applyRecords } from './apply-records'
import { dropUncovered } from './copy'
import { forget } from './forget'
import type { SyncStorageDeps } from './storage'
import { differing, survey } from './survey'
import type { SyncStorage } from './types'

const dayMs = 24 * 60 * 60 * 1000

export const createComparing = (
  deps: SyncStorageDeps,
  inTransaction: <T>(work: (meta: SyncMeta) => Promise<T>) => Promise<T>,
): Pick<SyncStorage, 'isAuditDue' | 'survey' | 'heal' | 'audited'> => {
  const { database } = deps
  return {
    isAuditDue: async (access) => {
      const meta = await readMeta(database)
      const last = meta.audit?.at ?? meta.liveSince
      if (!meta.isComplete || last === undefined) return false
      if (access !== undefined && access !== meta.access) return true
      // A clock that was set back must not put it off for years.
      return Math.abs(deps.now() - Date.parse(last)) > dayMs
    },
    survey: async () => {
      const { changes, ...found } = await survey(database, inTransaction, deps.userId)
      deps.onChanged(changes)
      return found
    },
    heal: async (records, surplus) => {
      const { now, userId, mayEdit } = deps
      const changes = await inTransaction(async (meta) => {
        const { wanted: wrong } = await differing(database, records)
        const gone = await forget(database, meta, surplus)
        if (wrong.length === 0) return gone
        const { cursor: upTo } = meta
        const isCatchUp = false
        const { changes: healed } = await applyRecords(database, meta, {
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
      // What was merely looked up is in no comparison: under other rights it may be out of sight.
      const before = await readMeta(database)
      if (access !== undefined && access !== before.access && (before.floor ?? 0) > 0)
        deps.onChanged(await dropUncovered(database, inTransaction, deps.userId))
      const isExpected = await inTransaction(async (meta) => {
        const hasChanged = access !== undefined && access !== meta.access
        meta.audit = { at, ...result }
        if (access !== undefined) meta.access = access
        return hasChanged
      })
      for (const rows of database.allRows) await rows.tidy()
      deps.onAudited({ ...result, isExpected })
    },
  }
}
