/** The window's end of the store: starts the worker and speaks to it through Comlink. */
import * as Comlink from 'comlink'
import type { LocalStore } from './api'
import type { TokenVault } from './platform'
import type { WorkerEntry } from './worker'
import workerUrl from './worker?worker&url'

type TrustedTypes = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string }
}

/** The worker's own address as Trusted Types want it; browsers without them take the plain text. */
const trusted = (url: string): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('roadbook', { createScriptURL: (own) => own })
  return policy ? policy.createScriptURL(url) : url
}

/** Asks the browser not to clear this profile's data when space runs short. */
const keepForGood = () => {
  navigator.storage?.persist?.().catch(() => undefined)
}

/** Sleep and hidden tabs cost connections; coming back, nobody should wait for the next attempt. */
const syncOnReturn = (store: LocalStore) => {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && navigator.onLine)
      store.syncNow().catch(() => undefined)
  })
}

/** The store's calls as they can be made before the worker has answered for the first time. */
const throughPromise = (opened: Promise<LocalStore>): LocalStore => ({
  session: async () => (await opened).session(),
  signIn: async (input) => (await opened).signIn(input),
  signOut: async (options) => (await opened).signOut(options),
  ended: async () => (await opened).ended(),
  list: async (query) => (await opened).list(query),
  get: async (entity, id) => (await opened).get(entity, id),
  aggregate: async (query) => (await opened).aggregate(query),
  getMany: async (entity, ids) => (await opened).getMany(entity, ids),
  search: async (text, limit) => (await opened).search(text, limit),
  recordSync: async (entity, id) => (await opened).recordSync(entity, id),
  commit: async (changes, options) => (await opened).commit(changes, options),
  addFile: async (file, options) => (await opened).addFile(file, options),
  fileContent: async (id) => (await opened).fileContent(id),
  undo: async (undoId) => (await opened).undo(undoId),
  redo: async () => (await opened).redo(),
  openText: async (entity, id) => (await opened).openText(entity, id),
  access: async (options) => (await opened).access(options),
  status: async () => (await opened).status(),
  syncNow: async () => (await opened).syncNow(),
  audit: async () => (await opened).audit(),
  lookUp: async (lookup) => (await opened).lookUp(lookup),
  changeCopy: async (latest) => (await opened).changeCopy(latest),
  issues: async () => (await opened).issues(),
  retryIssue: async (id, values) => (await opened).retryIssue(id, values),
  discardIssue: async (id) => (await opened).discardIssue(id),
  pending: async () => (await opened).pending(),
  away: async () => (await opened).away(),
  reapplyLost: async (id, options) => (await opened).reapplyLost(id, options),
  dismissAway: async (ids) => (await opened).dismissAway(ids),
  exportOutbox: async () => (await opened).exportOutbox(),
  subscribe: async (listener) => (await opened).subscribe(Comlink.proxy(listener)),
})

/**
 * Starts the store of this window. The desktop passes its secret storage as `vault`; without one
 * the refresh token stands in the profile's database.
 */
export const connectLocalStore = (options: { app: string; vault?: TokenVault }): LocalStore => {
  const worker = new Worker(trusted(workerUrl), { type: 'module', name: 'store' })
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) =>
      reject(new Error(message || 'The local store could not be started.'))
  })
  failed.catch(() => undefined)
  const entry = Comlink.wrap<WorkerEntry>(worker)
  const { app, vault } = options
  const opened = Promise.race([
    failed,
    vault ? entry.open(app, Comlink.proxy(vault)) : entry.open(app),
  ])
  opened.catch(() => undefined)
  const store = throughPromise(opened)
  keepForGood()
  syncOnReturn(store)
  return store
}
