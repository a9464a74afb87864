/**
 * Messages as no client of ours sends them: legitimate ones, changed at random in bytes and in
 * structure. Whatever arrives, the server answers or closes, and what it holds stays sound.
 */
import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fold } from '../../shared/crdt/patch'
import { openRecord, patchesOf, recordState, textFragment } from '../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../shared/crdt/row'
import { entityNamed } from '../../shared/features/index'
import { formatStamp } from '../../shared/kernel/clock'
import { newDeviceId, newId } from '../../shared/kernel/ids'
import { valueSchema } from '../../shared/kernel/schema'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame'
import type { Edit } from '../../shared/protocol/sync'
import { systemActor } from '../auth/logins'
import { record } from '../db/schema'
import { createRandom, type Random } from '../demo/random'
import { decodeRow } from '../kernel/store/row-codec'
import { createTestServer, type TestServer } from '../kernel/test-server'
import { createConnection } from './connection'
import { createPages } from './pages'

const rounds = 1500

let server: TestServer
let attacker: { userId: string; workspaceId: string }
let victim: { id: string; workspaceId: string }
let own: string

const create = async (workspaceId: string, userId: string): Promise<string> => {
  const id = newId()
  const edit = {
    entity: 'contact',
    id,
    s: { firstName: 'Ada', ownerId: userId },
    text: { notes: 'Hello' },
  }
  const outcomes = await server.services.commit(systemActor(workspaceId, userId), [edit])
  expect(outcomes).toMatchObject([{ ok: true }])
  return id
}

beforeEach(async () => {
  server = await createTestServer()
  const [mine, theirs] = [await server.workspace('mine'), await server.workspace('theirs')]
  const { userId } = await mine.person('sales')
  attacker = { workspaceId: mine.workspaceId, userId }
  own = await create(mine.workspaceId, attacker.userId)
  victim = {
    workspaceId: theirs.workspaceId,
    id: await create(theirs.workspaceId, (await theirs.person('manager')).userId),
  }
})

const stateOf = (id: string): Uint8Array | undefined =>
  server.services.db
    .select()
    .from(record)
    .all()
    .find((one) => one.id === id)?.state

/** A client that keeps what it is told. */
const connect = async (random: Random) => {
  const heard = { frames: 0, isClosed: false }
  const { services } = server
  const connection = createConnection({
    socket: {
      send: () => {
        heard.frames += 1
      },
      close: () => {
        heard.isClosed = true
      },
      buffered: () => 0,
    },
    authenticate: services.authenticate,
    commit: services.commit,
    decided: services.decided,
    devices: services.devices,
    viewerOf: services.viewerOf,
    othersOf: () => 0,
    pages: createPages(services.db),
    log: services.log,
    now: services.now,
  })
  const { family } = services.sessions.start(attacker.userId)
  const token = await services.tokens.sign({ ...attacker, role: 'sales', family })
  const device = newDeviceId()
  const hello = { type: 'hello', protocol: 1, token, device, epoch: null, cursor: 0, clock: 0 }
  return { connection, heard, hello, device, random, n: 0 }
}

type Client = Awaited<ReturnType<typeof connect>>

const typing = (random: Random): Uint8Array => {
  const copy = openRecord(stateOf(own))
  copy.clientID = 1 + random.below(2 ** 31)
  const before = Y.encodeStateVector(copy)
  const paragraph = new Y.XmlElement('paragraph')
  textFragment(copy, 'notes').push([paragraph])
  paragraph.push([new Y.XmlText('words')])
  return Y.encodeStateAsUpdate(copy, before)
}

const values: readonly (readonly [string, { [field: string]: unknown }])[] = [
  ['contact', { firstName: 'Grace', phone: '+4930123456', birthday: '1990-02-03' }],
  ['lead', { name: 'Deal', status: 'new', expectedRevenue: 1200, currency: 'EUR' }],
  ['activity', { subject: 'Call', activityType: 'call', dueDate: '2026-03-01T10:00:00.000Z' }],
  ['account', { name: 'Halden', annualRevenue: 5_000_000, employees: 12 }],
]

/** What a client of ours might send. */
const legitimate = (client: Client): object => {
  const { random, device, hello } = client
  const edit = (): Edit => {
    client.n += 1
    const [entity, s] = random.pick(values)
    const isOwn = entity === 'contact' && random.next() < 0.4
    return {
      n: client.n,
      entity,
      id: isOwn ? own : random.next() < 0.1 ? victim.id : newId(),
      t: formatStamp({ ms: server.clock.now + client.n, counter: 0, device }),
      s,
      ...(random.next() < 0.3 ? { e: { tags: { add: [newId()] } } } : {}),
      ...(isOwn && random.next() < 0.5 ? { x: { notes: typing(random) } } : {}),
    }
  }
  return random.pick<() => object>([
    () => hello,
    () => ({ type: 'pull', after: 0, limit: 100 }),
    () => ({ type: 'audit', after: 0, upTo: 10, limit: 100, whole: true }),
    () => ({ type: 'token', token: hello.token }),
    () => ({ type: 'push', edits: [edit(), edit()] }),
    () => ({
      type: 'push',
      edits: [
        { ...edit(), g: 'a' },
        { ...edit(), g: 'a' },
      ],
    }),
    ...Array.from({ length: 2 }, () => () => ({ type: 'push', edits: [edit()] })),
  ])()
}

const junk: readonly unknown[] = [
  null,
  '',
  'x'.repeat(70_000),
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  true,
  [],
  {},
  new Uint8Array(0),
  new Uint8Array([0, 0]),
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}'),
  '__proto__',
  'constructor',
  'user',
  'login',
  'deletedAt',
  '9999-12-31T23:59:59.999Z-zzzz-aaaaaaaaaa',
  '\u0000\ud800',
]

const withBytesChanged = (bytes: Uint8Array, random: Random): Uint8Array => {
  const changed = Uint8Array.from(
    bytes.subarray(0, random.next() < 0.2 ? random.below(bytes.length) : undefined),
  )
  for (let times = random.below(4); times >= 0 && changed.length > 0; times -= 1)
    changed[random.below(changed.length)] = random.below(256)
  return changed
}

/** The value with one part of it, however deep, replaced, renamed, doubled or left out. */
const mutated = (value: unknown, random: Random): unknown => {
  if (random.next() < 0.04) return random.pick([...junk, victim.id, own])
  if (value instanceof Uint8Array) return withBytesChanged(value, random)
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1)
    if (random.next() < 0.2) return [...value, ...value]
    return value.map((part, index) => (index === at ? mutated(part, random) : part))
  }
  if (typeof value !== 'object' || value === null) return random.pick(junk)
  const entries = Object.entries(value)
  const at = random.below(entries.length)
  return Object.fromEntries(
    entries.flatMap(([key, part], index) => {
      if (index !== at) return [[key, part]]
      const kind = random.below(10)
      if (kind === 0) return []
      if (kind === 1) return [[String(random.pick(junk)), part]]
      return [[key, mutated(part, random)]]
    }),
  )
}

/** Every record is what its state says, and every value is one that its field allows. */
const expectSound = (): void => {
  for (const { entity: name, id, state, row } of server.services.db.select().from(record).all()) {
    const entity = entityNamed(name)
    if (!entity) throw new Error(`there is a record of ${name}`)
    const doc = openRecord(state)
    const stored = decodeRow(entity, id, row)
    expect(foldedRow(entity, id, fold(patchesOf(doc)), readTexts(entity, doc))).toEqual(stored)
    expect(recordState(doc).byteLength).toBeLessThan(1024 * 1024)
    for (const [field, declared] of Object.entries(entity.fields))
      if (stored[field] !== null && stored[field] !== undefined)
        expect(valueSchema(declared).safeParse(stored[field]).success, `${name}.${field}`).toBe(
          true,
        )
  }
}

it('answers or closes whatever arrives, and holds nothing that is not sound', async () => {
  const random = createRandom(20261129)
  const before = stateOf(victim.id)
  let client = await connect(random)
  await client.connection.receive(encodeFrame(client.hello))
  for (let round = 0; round < rounds; round += 1) {
    const message = legitimate(client)
    const isRaw = random.next() < 0.2
    const frame = isRaw
      ? withBytesChanged(encodeFrame(message), random)
      : encodeFrame(mutated(message, random))
    const heard = client.heard.frames
    await client.connection.receive(frame)
    const { isClosed, frames } = client.heard
    if (!isClosed && !isQuiet(frame)) expect(frames, `round ${round}`).toBeGreaterThan(heard)
    if (round % 50 === 0) expectSound()
    if (isClosed || random.next() < 0.05) {
      client.connection.closed()
      client = await connect(random)
      if (random.next() < 0.9) await client.connection.receive(encodeFrame(client.hello))
    }
  }
  expectSound()
  // Much of it is as good as what clients of ours send, and has an effect.
  expect(server.services.db.select().from(record).all().length).toBeGreaterThan(50)
  expect(stateOf(victim.id)).toEqual(before)
  expect(Object.prototype).not.toHaveProperty('polluted')
}, 60_000)

/** Messages that are taken without a word. */
const isQuiet = (frame: Uint8Array): boolean => {
  const message = decodeFrame(frame)
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'token'
  )
}
