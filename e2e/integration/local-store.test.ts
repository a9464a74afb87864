/** The client's store against the real server over a real socket. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { IDBKeyRange } from 'fake-indexeddb'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogin, createWorkspace } from '../../server/auth/logins'
import { readSettings } from '../../server/env'
import { type RunningServer, startServer } from '../../server/start'
import { newId } from '../../shared/kernel/ids'
import { type Database, openDatabase } from '../../src-renderer/local/database'
import type { Block } from '../../src-renderer/local/rows/blocks'
import { createLocalStore, type OpenStore } from '../../src-renderer/local/store'
import { createTestProfile } from '../../src-renderer/local/test-platform'
import { openSocket, time } from '../real-platform'

const inflate = promisify(zlib.inflateRaw)
const person = { email: 'ada@demo.test', password: 'correct horse battery' }

const world = {
  stores: [] as OpenStore[],
  dataDir: '',
  server: undefined as RunningServer | undefined,
}

const start = async (port = 0) => {
  const settings = readSettings({
    PORT: String(port),
    DATA_DIR: world.dataDir,
    LOG_LEVEL: 'silent',
  })
  world.server = await startServer(settings, {
    log: pino({ level: 'silent' }),
    rendererRoot: '/nowhere',
  })
  return world.server
}

const machine = async (address: string) => {
  const profile = createTestProfile()
  const platform = {
    ...profile.platform(),
    fetch: globalThis.fetch,
    openSocket,
    time,
    inflate: async (bytes: Uint8Array) => new Uint8Array(await inflate(bytes)),
  }
  const store = createLocalStore(platform)
  world.stores.push(store)
  await store.signIn({ serverUrl: address, ...person })
  return { store, profile }
}

const settled = (store: OpenStore) =>
  vi.waitFor(
    async () => expect(await store.status()).toMatchObject({ state: 'live', waiting: 0 }),
    { timeout: 10_000 },
  )

const contact = (set: { [field: string]: unknown }) => {
  const id = newId()
  return { id, changes: [{ entity: 'contact', id, set, create: true }] }
}

beforeEach(async () => {
  world.dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-'))
  const { services } = await start()
  const workspaceId = createWorkspace(services.db, { name: 'Demo', slug: 'demo' })
  await createLogin(services, { workspaceId, name: 'Ada', role: 'owner', ...person })
})

afterEach(async () => {
  await Promise.all(world.stores.splice(0).map((store) => store.close()))
  await world.server?.stop()
  fs.rmSync(world.dataDir, { recursive: true })
})

describe('two machines and the real server', () => {
  it('show the same record after edits of fields, tags and notes', async () => {
    const address = world.server?.address ?? ''
    const [one, two] = [await machine(address), await machine(address)]
    const { id, changes } = contact({ firstName: 'Grace', notes: 'first\nlast' })
    await one.store.commit(changes, { label: 'Create' })
    await vi.waitFor(async () => expect(await two.store.get('contact', id)).not.toBeNull())
    const [a, b] = [newId(), newId()]
    const edit = (store: OpenStore, set: { [field: string]: unknown }) =>
      store.commit([{ entity: 'contact', id, set }], { label: 'Edit' })
    await Promise.all([
      edit(one.store, { phone: '+493012345', tags: [a], notes: 'zero\nfirst\nlast' }),
      edit(two.store, { jobTitle: 'Admiral', tags: [b], notes: 'first\nlast\nend' }),
    ])
    await settled(one.store)
    await settled(two.store)
    await vi.waitFor(async () => {
      const row = await one.store.get('contact', id)
      expect(row).toMatchObject({
        phone: '+493012345',
        jobTitle: 'Admiral',
        tags: [a, b].sort(),
        notes: 'zero\nfirst\nlast\nend',
      })
      expect(await two.store.get('contact', id)).toEqual(row)
    })
  })

  it('catch up in pages on everything that was there before them', async () => {
    const address = world.server?.address ?? ''
    const one = await machine(address)
    for (let batch = 0; batch < 3; batch += 1)
      await one.store.commit(
        Array.from({ length: 400 }, (_, n) => ({
          entity: 'tag',
          id: newId(),
          set: { name: `Tag ${batch}-${n}` },
          create: true,
        })),
        { label: 'Import' },
      )
    await settled(one.store)
    const two = await machine(address)
    await settled(two.store)
    expect((await two.store.list({ entity: 'tag', limit: 1 })).total).toBe(1200)
  })

  it('lose nothing when the server restarts in the middle of a push', async () => {
    const { store } = await machine(world.server?.address ?? '')
    await settled(store)
    const port = Number(new URL(world.server?.address ?? '').port)
    const made = Array.from({ length: 30 }, (_, n) => contact({ firstName: `N${n}` }))
    const commits = made.map(({ changes }) => store.commit(changes, { label: 'Create' }))
    await world.server?.stop()
    await Promise.all(commits)
    const server = await start(port)
    await store.syncNow()
    await settled(store)
    const two = await machine(server.address)
    await settled(two.store)
    expect((await two.store.list({ entity: 'contact' })).total).toBe(30)
  })
})

describe('comparing a copy with the server', () => {
  const compared = (store: OpenStore, result: object) =>
    vi.waitFor(async () => expect((await store.status()).audit).toMatchObject(result), {
      timeout: 10_000,
    })

  const create = async (store: OpenStore, count: number): Promise<string[]> => {
    const made = Array.from({ length: count }, (_, n) => contact({ firstName: `N${n}` }))
    await store.commit(
      made.flatMap(({ changes }) => changes),
      { label: 'Create' },
    )
    await settled(store)
    // What was accepted comes back as the server's state; until then there is nothing to compare.
    await vi.waitFor(async () => {
      for (const { id } of made)
        expect((await store.recordSync('contact', id)).pendingFields).toEqual([])
    })
    return made.map(({ id }) => id)
  }

  const behindTheScenes = async (indexedDB: IDBFactory): Promise<Database> => {
    const found = (await indexedDB.databases()).find(({ name }) => name?.match(/-.*-/))
    return openDatabase(found?.name ?? '', { indexedDB, IDBKeyRange })
  }

  /** Changes a stored row where it lies. */
  const alter = async ({ dexie }: Database, id: string, change: object) => {
    await dexie.table('rows_contact').update(id, change)
    await dexie
      .table<Block>('blocks_contact')
      .where('ids')
      .equals(id)
      .modify(({ rows }) => {
        Object.assign(rows.find((row) => row.id === id) ?? {}, change)
      })
  }

  it('finds nothing where both hold the same', async () => {
    const { store } = await machine(world.server?.address ?? '')
    await create(store, 700)
    await store.audit()
    await compared(store, { healed: 0 })
    expect((await store.status()).audit?.checked).toBeGreaterThanOrEqual(700)
  })

  it('mends what was changed, damaged and lost behind its back, and keeps waiting edits', async () => {
    const { store, profile } = await machine(world.server?.address ?? '')
    const [changed = '', damaged = '', lost = '', stale = '', sound = ''] = await create(store, 600)
    const database = await behindTheScenes(profile.indexedDB)
    const rows = database.rows('contact')
    await alter(database, changed, { firstName: 'Mallory' })
    await alter(database, damaged, { $state: Uint8Array.of(1, 2, 3) })
    await rows.bulkDelete([lost])
    await alter(database, stale, { $seq: 1, $state: (await rows.get(sound))?.$state })
    await store.audit()
    await store.commit([{ entity: 'contact', id: damaged, set: { jobTitle: 'Admiral' } }], {
      label: 'Edit',
    })
    await compared(store, { healed: 4 })
    await settled(store)
    const names = ['N0', 'N1', 'N2', 'N3', 'N4']
    for (const [n, id] of [changed, damaged, lost, stale, sound].entries())
      expect(await rows.get(id)).toMatchObject({ firstName: names[n] })
    expect(await store.get('contact', damaged)).toMatchObject({ jobTitle: 'Admiral' })
    database.dexie.close()
    await store.audit()
    await compared(store, { healed: 0 })
  })
  it('happens by itself once a day', async () => {
    const { store, profile } = await machine(world.server?.address ?? '')
    const [lost = ''] = await create(store, 3)
    const { dexie, rows } = await behindTheScenes(profile.indexedDB)
    await rows('contact').bulkDelete([lost])
    const at = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString()
    await dexie.table('meta').update('sync', { audit: { at, checked: 3, healed: 0 } })
    dexie.close()
    const port = Number(new URL(world.server?.address ?? '').port)
    await world.server?.stop()
    await start(port)
    await store.syncNow()
    await compared(store, { healed: 1 })
    expect(await store.get('contact', lost)).toMatchObject({ firstName: 'N0' })
  })
})
