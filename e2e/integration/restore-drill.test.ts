/** A backup taken by its command under load, and what clients make of a server that was restored from it. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLogin, createWorkspace } from '../../server/auth/logins'
import { readSettings } from '../../server/env'
import { type RunningServer, startServer } from '../../server/start'
import { newId } from '../../shared/kernel/ids'
import { createLocalStore, type OpenStore } from '../../src-renderer/local/store'
import { createTestProfile } from '../../src-renderer/local/test-platform'
import { openSocket, time } from '../real-platform'

const inflate = promisify(zlib.inflateRaw)
const root = path.resolve(import.meta.dirname, '../..')
const person = { email: 'ada@demo.test', password: 'correct horse battery' }

const world = {
  folder: '',
  stores: [] as OpenStore[],
  server: undefined as RunningServer | undefined,
}

const dataDir = () => path.join(world.folder, 'data')
const backupFile = () => path.join(world.folder, 'roadbook.backup')

/** Runs `npm run backup` or `restore` in a process of its own; answers what it said. */
const command = async (name: 'backup' | 'restore'): Promise<string> => {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [`scripts/${name}.mjs`, backupFile(), '--data', dataDir()],
    { cwd: root },
  )
  return stderr
}

const start = async (port = 0): Promise<RunningServer> => {
  const env = { PORT: String(port), DATA_DIR: dataDir(), LOG_LEVEL: 'silent' }
  const log = pino({ level: 'silent' })
  world.server = await startServer(readSettings(env), { log, rendererRoot: '/nowhere' })
  return world.server
}

const running = (): RunningServer => {
  if (!world.server) throw new Error('the server does not run')
  return world.server
}

const machine = async (address: string): Promise<OpenStore> => {
  const store = createLocalStore({
    ...createTestProfile().platform(),
    fetch: globalThis.fetch,
    openSocket,
    time,
    inflate: async (bytes: Uint8Array) => new Uint8Array(await inflate(bytes)),
  })
  world.stores.push(store)
  await store.signIn({ serverUrl: address, ...person })
  return store
}

const settled = (store: OpenStore) =>
  vi.waitFor(
    async () => expect(await store.status()).toMatchObject({ state: 'live', waiting: 0 }),
    { timeout: 20_000 },
  )

const create = async (store: OpenStore, firstName: string): Promise<string> => {
  const id = newId()
  const change = { entity: 'contact', id, set: { firstName }, create: true }
  await store.commit([change], { label: 'Create' })
  return id
}

beforeEach(async () => {
  world.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-drill-'))
  const { services } = await start()
  const workspaceId = createWorkspace(services.db, { name: 'Demo', slug: 'demo' })
  await createLogin(services, { workspaceId, name: 'Ada', role: 'owner', ...person })
})

afterEach(async () => {
  await Promise.all(world.stores.splice(0).map((store) => store.close()))
  await world.server?.stop()
  fs.rmSync(world.folder, { recursive: true, force: true })
})

it('gives back what was acknowledged after the backup, from the clients that made it', async () => {
  const first = running()
  const one = await machine(first.address)
  const early = await create(one, 'Before')
  await settled(one)
  const load = { goes: true, made: [] as string[] }
  const writing = (async () => {
    while (load.goes) load.made.push(await create(one, `During ${load.made.length}`))
  })()
  expect(await command('backup')).toContain('Backed up and verified')
  load.goes = false
  await writing
  const edit = { entity: 'contact', id: early, set: { jobTitle: 'Admiral' } }
  await one.commit([edit], { label: 'Edit' })
  const late = await create(one, 'After')
  await settled(one)

  await expect(command('restore')).rejects.toThrow('A server is running')
  await first.stop()
  const said = await command('restore')
  expect(said).toContain('Restored and verified')
  expect(said).toContain('is kept as')
  const second = await start(Number(new URL(first.address).port))
  await one.syncNow()
  await settled(one)

  const two = await machine(second.address)
  await settled(two)
  expect(await two.get('contact', early)).toMatchObject({ jobTitle: 'Admiral' })
  expect(await two.get('contact', late)).toMatchObject({ firstName: 'After' })
  expect(load.made.length).toBeGreaterThan(0)
  expect(await two.getMany('contact', load.made)).toHaveLength(load.made.length)
  expect(await one.issues()).toEqual([])
})
