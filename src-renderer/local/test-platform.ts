/** A platform for tests: time that moves when told, buses and locks in memory, several windows. */
import { IDBKeyRange as FakeKeyRange, IDBFactory } from 'fake-indexeddb'
import { expect, vi } from 'vitest'
import type { Change, CommitResult } from './api'
import type { Platform } from './platform'
import { createLocalStore, type OpenStore } from './store'
import { createTestServer, type TestServer } from './test-server'

type Task = { at: number; run: () => void }

/** Time that stands still until it is moved. */
const createTestTime = () => {
  const tasks = new Set<Task>()
  const state = { now: Date.parse('2026-03-01T09:00:00Z') }
  return {
    now: () => state.now,
    random: () => 0.5,
    after: (ms: number, run: () => void) => {
      const task = { at: state.now + ms, run }
      tasks.add(task)
      return () => {
        tasks.delete(task)
      }
    },
    advance: (ms: number) => {
      state.now += ms
      for (const task of [...tasks].sort((a, b) => a.at - b.at))
        if (task.at <= state.now && tasks.delete(task)) task.run()
    },
  }
}

type Channel = { name: string; hear: (message: unknown) => void }

/** One machine's profile: a database and the windows that share it. */
export const createTestProfile = (server: TestServer = createTestServer()) => {
  const indexedDB = new IDBFactory()
  const time = createTestTime()
  const channels = new Set<Channel>()
  const waiting = new Map<string, { grant: () => void }[]>()
  const errors: unknown[] = []
  const network = new Set<(isOnline: boolean) => void>()

  const lead: Platform['lead'] = (name, onLeading) => {
    const queue = waiting.get(name) ?? []
    waiting.set(name, queue)
    const own = { grant: onLeading }
    queue.push(own)
    if (queue[0] === own) setTimeout(() => queue[0] === own && onLeading(), 0)
    return () => {
      const wasLeading = queue[0] === own
      queue.splice(queue.indexOf(own), 1)
      if (wasLeading) queue[0]?.grant()
    }
  }

  const platform = (): Platform => ({
    indexedDB,
    IDBKeyRange: FakeKeyRange,
    fetch: server.fetch,
    openSocket: server.openSocket,
    time,
    lead,
    openBus: (name, onMessage) => {
      const own = { name, hear: onMessage }
      channels.add(own)
      return {
        post: (message) => {
          for (const other of channels)
            if (other !== own && other.name === name) {
              const copy = structuredClone(message)
              setTimeout(() => channels.has(other) && other.hear(copy), 0)
            }
        },
        close: () => channels.delete(own),
      }
    },
    // The test server sends its pages as they are.
    inflate: async (bytes) => bytes,
    onNetwork: (listener) => {
      network.add(listener)
      return () => network.delete(listener)
    },
    app: 'test',
    onError: (cause) => errors.push(cause),
  })

  return {
    server,
    indexedDB,
    time,
    errors,
    platform,
    setOnline: (isOnline: boolean) => {
      for (const listener of network) listener(isOnline)
    },
    open: (): OpenStore => createLocalStore(platform()),
  }
}

export type TestProfile = ReturnType<typeof createTestProfile>

export const signIn = (store: OpenStore) =>
  store.signIn({ serverUrl: 'http://localhost:8150', email: 'ada@demo.test', password: 'right' })

/** Commits and fails the test on a refusal; answers the id for undo. */
export const commit = async (store: OpenStore, changes: Change[]): Promise<string> => {
  const result: CommitResult = await store.commit(changes, { label: 'Edit' })
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.undoId ?? ''
}

/** Everything has been pushed and pulled. */
export const settled = (store: OpenStore) =>
  vi.waitFor(
    async () => expect(await store.status()).toMatchObject({ state: 'live', waiting: 0 }),
    { timeout: 5000 },
  )

/** The server vanishes. */
export const goOffline = async (profile: TestProfile, store: OpenStore) => {
  profile.server.switches.isReachable = false
  profile.server.cut()
  await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
}

/** The server is back and everything has been exchanged. */
export const goOnline = async (profile: TestProfile, store: OpenStore) => {
  profile.server.switches.isReachable = true
  await store.syncNow()
  await settled(store)
}

/** Windows that a test opens and that are closed after it. */
export const createWindows = () => {
  const open: OpenStore[] = []
  return {
    window: async (profile: TestProfile): Promise<OpenStore> => {
      const store = profile.open()
      open.push(store)
      await store.session()
      return store
    },
    closeAll: async () => {
      await Promise.all(open.splice(0).map((store) => store.close()))
    },
  }
}

/** A window that is signed in and live. */
export const liveWindow = async (
  windows: ReturnType<typeof createWindows>,
  profile: TestProfile = createTestProfile(),
) => {
  const store = await windows.window(profile)
  await signIn(store)
  await settled(store)
  return { profile, store, server: profile.server }
}
