/** What a client holds follows what its user may see: grants bring records, removals leave nothing. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogin, createWorkspace, systemActor } from '../../server/auth/logins'
import { login } from '../../server/db/schema'
import { readSettings } from '../../server/env'
import type { EditInput } from '../../server/kernel/ports'
import { type RunningServer, startServer } from '../../server/start'
import type { Role } from '../../shared/kernel/access'
import { newId } from '../../shared/kernel/ids'
import { createLocalStore, type OpenStore } from '../../src-renderer/local/store'
import { createTestProfile, type TestProfile } from '../../src-renderer/local/test-platform'
import { openSocket, time } from '../real-platform'

const inflate = promisify(zlib.inflateRaw)
const password = 'correct horse battery'

const world = {
  stores: [] as OpenStore[],
  dataDir: '',
  server: undefined as RunningServer | undefined,
  workspaceId: '',
  sue: '',
  mate: '',
  stranger: '',
}

const server = (): RunningServer => {
  if (!world.server) throw new Error('there is no server')
  return world.server
}

const person = (name: string, role: Role) =>
  createLogin(server().services, {
    workspaceId: world.workspaceId,
    name,
    role,
    email: `${name}@demo.test`,
    password,
  })

const write = async (...edits: (Omit<EditInput, 'id'> & { id?: string })[]): Promise<string> => {
  const whole = edits.map((edit) => ({ id: newId(), ...edit }))
  const outcomes = await server().services.commit(systemActor(world.workspaceId, ''), whole)
  for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true })
  return whole[0]?.id ?? ''
}

/** Sue's machine: a profile, and the store of its window. */
const machine = async () => {
  const profile = createTestProfile()
  const open = () => {
    const store = createLocalStore({
      ...profile.platform(),
      fetch: globalThis.fetch,
      openSocket,
      time,
      inflate: async (bytes: Uint8Array) => new Uint8Array(await inflate(bytes)),
    })
    world.stores.push(store)
    return store
  }
  const store = open()
  await store.signIn({ serverUrl: server().address, email: 'sue@demo.test', password })
  await settled(store)
  return { profile, store, open }
}

const settled = (store: OpenStore) =>
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
const everything = async ({ indexedDB }: TestProfile): Promise<string> => {
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

const holds = (profile: TestProfile, text: string, isHeld: boolean) =>
  vi.waitFor(async () => expect((await everything(profile)).includes(text)).toBe(isHeld), {
    timeout: 10_000,
  })

beforeEach(async () => {
  world.dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-'))
  world.server = await startServer(
    readSettings({ PORT: '0', DATA_DIR: world.dataDir, LOG_LEVEL: 'silent' }),
    { log: pino({ level: 'silent' }), rendererRoot: '/nowhere' },
  )
  world.workspaceId = createWorkspace(server().services.db, { name: 'Demo', slug: 'demo' })
  world.sue = await person('sue', 'support')
  world.mate = await person('mate', 'sales')
  world.stranger = await person('stranger', 'sales')
})

afterEach(async () => {
  await Promise.all(world.stores.splice(0).map((store) => store.close()))
  await world.server?.stop()
  fs.rmSync(world.dataDir, { recursive: true })
})

const lead = (ownerId: string, id = newId()): EditInput => ({
  entity: 'lead',
  id,
  s: { name: 'canary lead', status: 'new', ownerId },
  text: { notes: 'canary notes' },
})

describe('a record that leaves its user’s sight', () => {
  it('leaves the copy at once, with its undo steps and all', async () => {
    const id = await write(lead(world.sue))
    const { profile, store } = await machine()
    await holds(profile, 'canary notes', true)
    await store.commit([{ entity: 'lead', id, set: { companyName: 'canary company' } }], {
      label: 'Edit',
    })
    await settled(store)
    await write({ entity: 'lead', id, s: { ownerId: world.stranger } })
    await vi.waitFor(async () => expect(await store.get('lead', id)).toBeNull())
    await holds(profile, 'canary', false)
    await write({ entity: 'lead', id, s: { ownerId: world.sue } })
    await vi.waitFor(async () =>
      expect(await store.get('lead', id)).toMatchObject({ companyName: 'canary company' }),
    )
  })

  it('leaves the copy at the next contact of a device that was away', async () => {
    const id = await write(lead(world.sue))
    const { profile, store, open } = await machine()
    await holds(profile, 'canary', true)
    await store.close()
    await write({ entity: 'lead', id, s: { ownerId: world.stranger, companyName: 'canary inc' } })
    await write({ entity: 'lead', id, s: { companyName: 'canary ltd' } })
    const again = open()
    await settled(again)
    await holds(profile, 'canary', false)
    expect(await again.get('lead', id)).toBeNull()
  })

  it('gives back an edit that was made in it meanwhile, with the reason', async () => {
    const id = await write(lead(world.sue))
    const { store, open } = await machine()
    await store.close()
    const away = open()
    const isReachable = server().address
    await world.server?.stop()
    await away.commit([{ entity: 'lead', id, set: { companyName: 'my words' } }], { label: 'Edit' })
    const port = Number(new URL(isReachable).port)
    world.server = await startServer(
      readSettings({ PORT: String(port), DATA_DIR: world.dataDir, LOG_LEVEL: 'silent' }),
      { log: pino({ level: 'silent' }), rendererRoot: '/nowhere' },
    )
    await write({ entity: 'lead', id, s: { ownerId: world.stranger } })
    await away.syncNow()
    await settled(away)
    await vi.waitFor(async () => expect(await away.issues()).toHaveLength(1))
    const [issue] = await away.issues()
    expect(issue?.refusal.code).toBe('record.missing')
    expect(JSON.stringify(issue)).toContain('my words')
    expect(await away.get('lead', id)).toBeNull()
  })
})

describe('rights that change', () => {
  it('bring and take what a team shares as its members come and go', async () => {
    const team = await write({ entity: 'team', s: { name: 'Service' } })
    await write({ entity: 'teamMember', s: { teamId: team, userId: world.mate } })
    const activity = await write({
      entity: 'activity',
      s: { subject: 'canary call', activityType: 'call', ownerId: world.mate },
    })
    const { profile, store } = await machine()
    expect(await store.get('activity', activity)).toBeNull()
    const member = await write({ entity: 'teamMember', s: { teamId: team, userId: world.sue } })
    await holds(profile, 'canary call', true)
    await write({ entity: 'teamMember', id: member, s: { deletedAt: new Date().toISOString() } })
    await holds(profile, 'canary', false)
    expect(await store.get('activity', activity)).toBeNull()
  })

  it('follow a change of role, also of what the new role does not see of a record', async () => {
    const id = await write({
      entity: 'contact',
      s: { firstName: 'Ada', lifecycleStage: 'customer', ownerId: world.stranger },
    })
    await write(lead(world.sue))
    const { profile, store } = await machine()
    await holds(profile, 'canary lead', true)
    expect(await store.get('contact', id)).toMatchObject({ lifecycleStage: 'customer' })
    const { db } = server().services
    db.update(login).set({ role: 'cashier' }).where(eq(login.userId, world.sue)).run()
    // The server notices at the next word from the client.
    await store.commit([{ entity: 'contact', id, set: { firstName: 'Grace' } }], { label: 'Edit' })
    await holds(profile, 'canary', false)
    await vi.waitFor(async () =>
      expect(await store.get('contact', id)).toMatchObject({
        firstName: 'Grace',
        lifecycleStage: null,
      }),
    )
    await holds(profile, '"customer"', false)
  })
})
