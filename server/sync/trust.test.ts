/** What a connection may not do, may no longer do, and must not be left out of. */
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createClock } from '../../shared/kernel/clock'
import { newDeviceId, newId } from '../../shared/kernel/ids'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame'
import { type ServerMessage, serverMessageSchema } from '../../shared/protocol/sync'
import { createLogin, createWorkspace } from '../auth/logins'
import { openDatabase } from '../db/open'
import { apiKey, login } from '../db/schema'
import type { Actor } from '../kernel/ports'
import { createServices } from '../kernel/services'
import { type RunningServer, startServer } from '../start'

type Of<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

const jwtSecret = 'a secret of tests that is long enough'
const log = pino({ level: 'silent' })
const clock = { ahead: 0 }
const now = () => Date.now() + clock.ahead

let folder: string
let server: RunningServer
let workspaceId: string
let userId: string
const sockets: WebSocket[] = []

const person = async (slug: string) => {
  const workspace = createWorkspace(server.services.db, { name: slug, slug })
  const credentials = { name: 'Ann', email: `ann@${slug}.test`, password: 'correct horse' }
  const user = await createLogin(server.services, {
    ...credentials,
    workspaceId: workspace,
    role: 'owner',
  })
  return { workspace, user }
}

beforeEach(async () => {
  clock.ahead = 0
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-trust-'))
  server = await startServer(
    {
      port: 0,
      host: '127.0.0.1',
      appUrl: 'http://localhost',
      dataDir: folder,
      databaseFile: path.join(folder, 'roadbook.sqlite'),
      jwtSecret,
      logLevel: 'silent',
    },
    { log, rendererRoot: folder, now },
  )
  const made = await person('first')
  workspaceId = made.workspace
  userId = made.user
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const tokenOf = (user: string, workspace: string): Promise<string> => {
  const { family } = server.services.sessions.start(user)
  const claims = { userId: user, workspaceId: workspace, role: 'owner' as const, family }
  return server.services.tokens.sign(claims)
}

/** Connects, says hello and catches up. */
const follow = async (token: string, device = newDeviceId()) => {
  const socket = new WebSocket(`${server.address.replace('http', 'ws')}/sync`)
  sockets.push(socket)
  const closed = once(socket, 'close').then(([code]) => Number(code))
  const inbox: ServerMessage[] = []
  const looks = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    inbox.push(serverMessageSchema.parse(decodeFrame(data)))
    for (const look of looks) look()
  })
  const next = <T extends ServerMessage['type']>(type: T): Promise<Of<T>> =>
    new Promise((resolve) => {
      const isWanted = (message: ServerMessage): message is Of<T> => message.type === type
      const look = () => {
        const found = inbox.find(isWanted)
        if (!found) return
        inbox.splice(inbox.indexOf(found), 1)
        looks.delete(look)
        resolve(found)
      }
      looks.add(look)
      look()
    })
  const send = (message: object) => socket.send(encodeFrame(message))
  await once(socket, 'open')
  send({ type: 'hello', protocol: 1, token, device, epoch: null, cursor: 0, clock: Date.now() })
  const stamps = createClock({ device, now: Date.now })
  const create = (n: number) => ({
    n,
    entity: 'contact',
    id: newId(),
    t: stamps.next(),
    s: { firstName: 'Ada' },
  })
  const pull = (after: number) => {
    send({ type: 'pull', after, limit: 100 })
    return next('page')
  }
  return { send, next, closed, create, pull, socket }
}

const actor = (): Actor => ({ workspaceId, userId, role: 'owner', via: 'rest' })
const contact = (firstName: string) => ({ entity: 'contact', id: newId(), s: { firstName } })

it('shows a gap where another process wrote to the same database', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  const { upTo } = await client.pull(0)
  const other = createServices({
    db: openDatabase(path.join(folder, 'roadbook.sqlite')),
    log,
    jwtSecret,
    now,
  })
  await other.commit(actor(), [contact('Elsewhere'), contact('Elsewhere too')])
  await other.close()
  await server.services.commit(actor(), [contact('Here')])
  const live = await client.next('live')
  expect(live).toMatchObject({ upTo: upTo + 3 })
  expect(live.prev).toBeGreaterThan(upTo)
})

it('tells of what another process wrote even when nobody writes here', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  const { upTo } = await client.pull(0)
  const other = createServices({
    db: openDatabase(path.join(folder, 'roadbook.sqlite')),
    log,
    jwtSecret,
    now,
  })
  await other.commit(actor(), [contact('Elsewhere')])
  await other.close()
  expect(await client.next('live')).toEqual({
    type: 'live',
    prev: upTo + 1,
    upTo: upTo + 1,
    records: [],
  })
  expect(await client.pull(upTo)).toMatchObject({ upTo: upTo + 1, done: true })
})

it('tells a workspace nothing of another', async () => {
  const other = await person('second')
  const stranger = await follow(await tokenOf(other.user, other.workspace))
  const { upTo } = await stranger.pull(0)
  await server.services.commit(actor(), [contact('Secret')])
  const own = { ...actor(), workspaceId: other.workspace, userId: other.user }
  await server.services.commit(own, [contact('Own')])
  const live = await stranger.next('live')
  expect(live).toMatchObject({ prev: upTo, upTo: upTo + 1 })
  expect(live.records).toHaveLength(1)
})

it('splits what is too much for one frame, without a gap', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  let { upTo } = await client.pull(0)
  const text = 'x'.repeat(400_000)
  const edits = Array.from({ length: 6 }, () => ({ ...contact('Ada'), text: { notes: text } }))
  await server.services.commit(actor(), edits)
  const last = upTo + edits.length
  let records = 0
  while (upTo < last) {
    const live = await client.next('live')
    expect(live.prev).toBe(upTo)
    expect(encodeFrame(live).byteLength).toBeLessThan(1.5 * 1024 * 1024)
    records += live.records.length
    upTo = live.upTo
  }
  expect(records).toBe(edits.length)
})

it('takes nothing from a user who has been disabled meanwhile', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  await client.next('welcome')
  server.services.db.update(login).set({ active: false }).run()
  client.send({ type: 'push', edits: [client.create(1)] })
  expect(await client.next('problem')).toMatchObject({ code: 'auth.missing' })
  expect(await client.closed).toBe(4401)
})

it('takes nothing under an API key that has been revoked meanwhile', async () => {
  const answer = await fetch(`${server.address}/api/v1/auth/api-keys`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenOf(userId, workspaceId)}`,
    },
    body: JSON.stringify({ name: 'Script' }),
  })
  const { key } = (await answer.json()) as { key: string }
  const client = await follow(key)
  await client.next('welcome')
  server.services.db.update(apiKey).set({ revokedAt: new Date().toISOString() }).run()
  client.send({ type: 'pull', after: 0, limit: 10 })
  expect(await client.closed).toBe(4401)
})

it('ends once the role is another, and goes by that from then on', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  await client.next('welcome')
  server.services.db.update(login).set({ role: 'read_only' }).run()
  client.send({ type: 'push', edits: [client.create(1)] })
  expect(await client.closed).toBe(4409)
  const again = await follow(await tokenOf(userId, workspaceId))
  await again.next('welcome')
  again.send({ type: 'push', edits: [again.create(1)] })
  expect(await again.next('ack')).toMatchObject({ refused: [[1, { code: 'auth.forbidden' }]] })
})

it('serves nothing under an expired token, and goes on with a fresh one', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  await client.pull(0)
  clock.ahead = 15 * 60_000 + 5_000
  client.send({ type: 'pull', after: 0, limit: 10 })
  expect(await client.next('problem')).toMatchObject({ code: 'auth.expired' })
  client.send({ type: 'token', token: await tokenOf(userId, workspaceId) })
  expect(await client.pull(0)).toMatchObject({ done: true })
})

it('closes with 4401 when no fresh token has come half a minute after the old one', async () => {
  const client = await follow(await tokenOf(userId, workspaceId))
  await client.next('welcome')
  clock.ahead = 15 * 60_000 + 31_000
  client.send({ type: 'pull', after: 0, limit: 10 })
  expect(await client.closed).toBe(4401)
})

it('is refused under the device of a colleague', async () => {
  const device = newDeviceId()
  const first = await follow(await tokenOf(userId, workspaceId), device)
  first.send({ type: 'push', edits: [first.create(1)] })
  await first.next('ack')
  const colleague = await createLogin(server.services, {
    workspaceId,
    name: 'Bob',
    email: 'bob@first.test',
    password: 'correct horse',
    role: 'sales',
  })
  const second = await follow(await tokenOf(colleague, workspaceId), device)
  expect(await second.next('problem')).toMatchObject({ code: 'auth.forbidden' })
})

const raw = async (target: string) => {
  const { hostname, port } = new URL(server.address)
  const socket = net.connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  const [answer] = await once(socket, 'data')
  return { socket, status: String(answer).split(' ')[1] }
}

it.each(['//', '/sync//..', 'http://[', '/elsewhere?/sync'])(
  'answers an upgrade at %j with 404 and lives on',
  async (target) => {
    expect((await raw(target)).status).toBe('404')
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
  },
)

it('stops within five seconds though a client does not heed the goodbye', async () => {
  const { socket, status } = await raw('/sync')
  expect(status).toBe('101')
  socket.pause()
  const start = performance.now()
  await server.stop()
  expect(performance.now() - start).toBeLessThan(5_000)
  socket.destroy()
})
