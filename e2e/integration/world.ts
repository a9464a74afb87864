/** A real server and machines of its people, each with a store of its own: for tests of both together. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { pino } from 'pino'
import { expect, vi } from 'vitest'
import { createLogin, createWorkspace, systemActor } from '../../server/auth/logins'
import { readSettings } from '../../server/env'
import type { EditInput } from '../../server/kernel/ports'
import { type RunningServer, startServer } from '../../server/start'
import type { Role } from '../../shared/kernel/access'
import { newId } from '../../shared/kernel/ids'
import { createLocalStore, type OpenStore } from '../../src-renderer/local/store'
import type { CopyLimits } from '../../src-renderer/local/sync/copy'
import { createTestProfile, type TestProfile } from '../../src-renderer/local/test-platform'
import { openSocket, time } from '../real-platform'

const inflate = promisify(zlib.inflateRaw)
export const password = 'correct horse battery'

export type Machine = { profile: TestProfile; store: OpenStore; open: () => OpenStore }

const serve = (dataDir: string, port: number): Promise<RunningServer> =>
  startServer(readSettings({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), {
    log: pino({ level: 'silent' }),
    rendererRoot: '/nowhere',
  })

/** Everything has been exchanged. */
export const settled = (store: OpenStore) =>
  vi.waitFor(
    async () => expect(await store.status()).toMatchObject({ state: 'live', waiting: 0 }),
    { timeout: 10_000 },
  )

const requested = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : part,
  )

/** Everything that a profile stores, as text; states of documents included. */
export const everything = async ({ indexedDB }: TestProfile): Promise<string> => {
  const parts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await requested(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const values = database.transaction(store).objectStore(store).getAll()
      parts.push(...(await requested(values)).map(textOf))
    }
    database.close()
  }
  return parts.join('\n')
}

const copyStore = async (
  { source, target }: { source: IDBDatabase; target: IDBDatabase },
  name: string,
): Promise<void> => {
  const from = source.transaction(name).objectStore(name)
  const [keys, values] = await Promise.all([requested(from.getAllKeys()), requested(from.getAll())])
  const to = target.transaction(name, 'readwrite').objectStore(name)
  const puts = values.map((value, index) =>
    to.keyPath === null ? to.put(value, keys[index]) : to.put(value),
  )
  await Promise.all(puts.map(requested))
}

/** Everything that a profile stores in the databases of another one, as copying its folder would. */
export const copyProfile = async (from: TestProfile, to: TestProfile): Promise<void> => {
  for (const { name = '', version = 1 } of await from.indexedDB.databases()) {
    const source = await requested(from.indexedDB.open(name))
    const opening = to.indexedDB.open(name, version)
    opening.onupgradeneeded = () => {
      for (const storeName of source.objectStoreNames) {
        const store = source.transaction(storeName).objectStore(storeName)
        const { keyPath, autoIncrement } = store
        const made = opening.result.createObjectStore(storeName, { keyPath, autoIncrement })
        for (const indexName of store.indexNames) {
          const { keyPath: path, unique, multiEntry } = store.index(indexName)
          made.createIndex(indexName, path, { unique, multiEntry })
        }
      }
    }
    const target = await requested(opening)
    for (const storeName of source.objectStoreNames) await copyStore({ source, target }, storeName)
    source.close()
    target.close()
  }
}

/** Waits until a profile stores a text somewhere, or nowhere any more. */
export const holds = (profile: TestProfile, text: string, isHeld: boolean) =>
  vi.waitFor(async () => expect((await everything(profile)).includes(text)).toBe(isHeld), {
    timeout: 10_000,
  })

/** A server with an empty workspace. */
export const createWorld = async () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-'))
  const stores: OpenStore[] = []
  const state = { server: await serve(dataDir, 0) }
  const workspaceId = createWorkspace(state.server.services.db, { name: 'Demo', slug: 'demo' })
  const onProfile = (profile: TestProfile, copyLimits?: CopyLimits) => ({
    profile,
    open: () => {
      const store = createLocalStore({
        ...profile.platform(),
        ...(copyLimits ? { copyLimits } : {}),
        fetch: globalThis.fetch,
        openSocket,
        time,
        inflate: async (bytes: Uint8Array) => new Uint8Array(await inflate(bytes)),
      })
      stores.push(store)
      return store
    },
  })
  const signIn = async (store: OpenStore, name: string): Promise<void> => {
    const serverUrl = state.server.address
    await store.signIn({ serverUrl, email: `${name}@demo.test`, password })
    await settled(store)
  }
  return {
    workspaceId,
    server: () => state.server,
    person: (name: string, role: Role): Promise<string> =>
      createLogin(state.server.services, {
        workspaceId,
        name,
        role,
        email: `${name}@demo.test`,
        password,
      }),
    /** Writes as the system does; answers the id of the first. */
    write: async (...edits: (Omit<EditInput, 'id'> & { id?: string })[]): Promise<string> => {
      const whole = edits.map((edit) => ({ id: newId(), ...edit }))
      const { commit } = state.server.services
      for (const outcome of await commit(systemActor(workspaceId, ''), whole))
        expect(outcome).toMatchObject({ ok: true })
      return whole[0]?.id ?? ''
    },
    /** A machine on which somebody has signed in: a profile, and the store of its window. */
    machine: async (name: string, copyLimits?: CopyLimits): Promise<Machine> => {
      const machine = onProfile(createTestProfile(), copyLimits)
      const store = machine.open()
      await signIn(store, name)
      return { ...machine, store }
    },
    /** A machine that was given a copy of another one's profile, with nobody at it yet. */
    copyOf: async ({ profile }: Machine): Promise<Omit<Machine, 'store'>> => {
      const machine = onProfile(createTestProfile())
      await copyProfile(profile, machine.profile)
      return machine
    },
    signIn,
    stop: () => state.server.stop(),
    /** The server comes back at its old address. */
    start: async () => {
      state.server = await serve(dataDir, Number(new URL(state.server.address).port))
    },
    end: async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()))
      await state.server.stop()
      fs.rmSync(dataDir, { recursive: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>
