/** The worker's entry: one store for the window that started it. */
import '../../shared/kernel/no-jit'
import * as Comlink from 'comlink'
import type { LocalStore } from './api'
import { browserPlatform } from './browser-platform'
import type { TokenVault } from './platform'
import { createLocalStore } from './store'

/** What the window calls first; the vault lives in the window, where the desktop's bridge is. */
export type WorkerEntry = {
  open: (app: string, vault?: TokenVault) => LocalStore
}

const entry: WorkerEntry = {
  open: (app, vault) => {
    const store = createLocalStore(browserPlatform(vault ? { app, vault } : { app }))
    return Comlink.proxy({
      ...store,
      subscribe: async (listener) => Comlink.proxy(await store.subscribe(listener)),
    })
  },
}

Comlink.expose(entry)
