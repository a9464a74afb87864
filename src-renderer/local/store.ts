/**
 * The local store behind `api.ts`, free of any browser global: a worker runs it over the browser's
 * platform, tests over their own.
 */
import { file as fileEntity } from '../../shared/features/files/file'
import { Refusal, type RefusalInfo } from '../../shared/kernel/refusal'
import type { CommitResult, LocalStore } from './api'
import { awayReport, dismissAway, reapplyLost } from './away/report'
import { completeChanges } from './edits/complete'
import { historyLabels } from './edits/history'
import { redo, undo } from './edits/undo'
import { writeSteps } from './edits/write'
import { createEmitter } from './emitter'
import { addFile, fileContent } from './files/contents'
import { discardIssue, exportOutbox, listIssues, recordSync, retryIssue } from './issues'
import { pendingRecords } from './pending'
import type { Platform } from './platform'
import { createSessions } from './session/sessions'
import { signedOutStatus } from './status'
import { openText } from './text'
import type { Workspace } from './workspace'

export type OpenStore = LocalStore & {
  /** Gives everything up that the store holds; what is stored stays. */
  close: () => Promise<void>
}

/** Refusals travel as values: an error thrown in a worker arrives without its code. */
const orRefusal = async <T>(
  work: () => Promise<T>,
): Promise<T | { ok: false; refusal: RefusalInfo }> => {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, refusal: cause.info }
    throw cause
  }
}

/** Opens the store of this profile. */
export const createLocalStore = (platform: Platform): OpenStore => {
  const emitter = createEmitter(platform.time)
  const sessions = createSessions(platform, emitter)

  const workspace = async (): Promise<Workspace> => {
    const open = await sessions.workspace()
    if (!open) throw new Error('Sign in first.')
    return open
  }

  return {
    session: sessions.session,
    signIn: sessions.signIn,
    signOut: sessions.signOut,
    ended: sessions.ended,
    close: sessions.close,

    list: async (query) => (await workspace()).queries.list(query),
    aggregate: async (query) => (await workspace()).queries.aggregate(query),
    get: async (entity, id) => (await workspace()).queries.get(entity, id),
    getMany: async (entity, ids) => (await workspace()).queries.getMany(entity, ids),
    search: async (text, limit) => (await workspace()).queries.search(text, limit),
    recordSync: async (entity, id) => recordSync((await workspace()).database, entity, id),

    commit: async (changes, { label, undoable = true }): Promise<CommitResult> => {
      const open = await workspace()
      await open.hold(changes.filter(({ create }) => !create))
      const completed = await completeChanges(changes, open.rules())
      return completed.ok
        ? writeSteps(open.write, completed.changes, undoable ? { label } : {})
        : completed
    },
    addFile: async (file, { label, undoable = true }) => {
      const { database, write, rules } = await workspace()
      const commit = async (id: string, set: { [field: string]: unknown }) => {
        const change = { entity: fileEntity.name, id, create: true, set }
        const completed = await completeChanges([change], rules())
        return completed.ok
          ? writeSteps(write, completed.changes, undoable ? { label } : {})
          : completed
      }
      return orRefusal(() => addFile({ database, now: platform.time.now, commit }, file))
    },
    fileContent: async (id) => {
      const { database, ask } = await workspace()
      return orRefusal(async () => ({
        ok: true,
        content: await fileContent({ database, ask, now: platform.time.now }, id),
      }))
    },
    undo: async (undoId) => undo((await workspace()).write, undoId),
    redo: async () => redo((await workspace()).write),
    openText: async (entity, id) => openText((await workspace()).database, entity, id),

    access: ({ isRejected = false } = {}) => sessions.access({ isRejected }),

    status: async () => {
      const open = await sessions.workspace()
      return open ? open.signals.status.current() : signedOutStatus
    },
    syncNow: async () => (await workspace()).signals.command('syncNow'),
    audit: async () => (await workspace()).signals.command('audit'),
    lookUp: async (lookup) => (await workspace()).lookUp(lookup),
    changeCopy: async (latest) => (await workspace()).changeCopy(latest),
    issues: async () => listIssues((await workspace()).database),
    retryIssue: async (id, values) => retryIssue((await workspace()).write, id, values),
    discardIssue: async (id) => {
      const { database, signals } = await workspace()
      await discardIssue(database, id)
      signals.outbox({ written: false })
    },
    pending: async () => pendingRecords((await workspace()).database),
    away: async () => awayReport((await workspace()).database),
    reapplyLost: async (id, options) => reapplyLost((await workspace()).write, id, options),
    dismissAway: async (ids) => {
      const { database, signals } = await workspace()
      await dismissAway(database, ids)
      signals.outbox({ written: false })
    },
    exportOutbox: async () => exportOutbox((await workspace()).database),

    subscribe: async (listener) => {
      const end = emitter.subscribe(listener)
      const open = await sessions.workspace().catch(() => undefined)
      if (open) {
        listener({ type: 'status', status: await open.signals.status.current() })
        listener({ type: 'history', ...(await historyLabels(open.database)) })
      }
      return end
    },
  }
}
