import { randomUUID } from 'node:crypto'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createClock } from '../../shared/kernel/clock'
import { newDeviceId } from '../../shared/kernel/ids'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame'
import { maxConnections, maxFrameBytes } from '../../shared/protocol/sync'
import { type DemoServer, startDemoServer } from '../demo/test-demo'

type Message = { type: string; [field: string]: unknown }

let server: DemoServer
let token: string

const login = async (email: string): Promise<string> => {
  const answer = await fetch(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'roadbook-demo' }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

beforeAll(async () => {
  server = await startDemoServer()
  token = await login('sales@demo.test')
})
afterAll(() => server.stop())

const open = async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync`)
  const messages: Message[] = []
  const listeners = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    messages.push(decodeFrame(data) as Message)
    for (const listener of listeners) listener()
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('open', resolve))
  const next = (type: string): Promise<Message> =>
    new Promise((resolve) => {
      const look = () => {
        const index = messages.findIndex((message) => message.type === type)
        if (index < 0) return
        listeners.delete(look)
        resolve(messages.splice(index, 1)[0] as Message)
      }
      listeners.add(look)
      look()
    })
  return { socket, next, closed, send: (message: unknown) => socket.send(encodeFrame(message)) }
}

const hello = (more: object = {}) => ({
  type: 'hello',
  protocol: 1,
  token,
  device: newDeviceId(),
  epoch: null,
  cursor: 0,
  clock: Date.now(),
  ...more,
})

const edit = (n: number, device: string, s: object, id: string = randomUUID()) => ({
  n,
  entity: 'contact',
  id,
  t: createClock({ device, now: Date.now }).next(),
  s,
})

describe('a connection', () => {
  it('is one of many, but not of too many', async () => {
    const owner = await login('owner@demo.test')
    const clients = await Promise.all(Array.from({ length: maxConnections }, open))
    for (const client of clients) client.send(hello({ token: owner }))
    await Promise.all(clients.map((client) => client.next('welcome')))
    const last = await open()
    last.send(hello({ token: owner }))
    expect(await last.next('problem')).toMatchObject({ code: 'sync.too-many' })
    await last.closed
    const other = await open()
    other.send(hello())
    await other.next('welcome')
    clients[0]?.socket.close()
    await clients[0]?.closed
    // The server learns of the close in its own time.
    await vi.waitFor(async () => {
      const again = await open()
      again.send(hello({ token: owner }))
      const answer = await Promise.race([again.next('welcome'), again.next('problem')])
      again.socket.close()
      expect(answer.type).toBe('welcome')
    })
    for (const { socket } of [...clients, other]) socket.close()
  })

  it('is told to update when it speaks an old protocol, and closed with 4426', async () => {
    const client = await open()
    client.send(hello({ protocol: 0 }))
    expect(await client.next('problem')).toMatchObject({
      code: 'sync.protocol',
      detail: expect.stringContaining('too old'),
    })
    expect(await client.closed).toBe(4426)
  })

  it('is refused with a wrong token, and before it has said hello', async () => {
    const wrong = await open()
    wrong.send(hello({ token: 'nonsense' }))
    expect(await wrong.next('problem')).toMatchObject({ code: 'auth.missing' })
    expect(await wrong.closed).toBe(4401)
    const silent = await open()
    silent.send({ type: 'pull', after: 0, limit: 10 })
    expect(await silent.closed).toBe(4401)
  })

  it('is closed with 4400 for bytes that are no message, naming what is wrong', async () => {
    const client = await open()
    client.socket.send(new Uint8Array([0xc1, 0xff, 0x00]))
    expect(await client.next('problem')).toMatchObject({ code: 'sync.malformed' })
    expect(await client.closed).toBe(4400)
    const other = await open()
    other.send(hello({ device: 'no device' }))
    expect(await other.next('problem')).toMatchObject({ detail: expect.stringContaining('device') })
  })

  it('is closed with 1009 for a frame beyond the limit', async () => {
    const client = await open()
    client.socket.send(new Uint8Array(maxFrameBytes + 1))
    expect(await client.closed).toBe(1009)
  })
})

describe('a push', () => {
  it('gets the same answer when it is sent again, and happens once', async () => {
    const device = newDeviceId()
    const first = edit(1, device, { firstName: 'Once' })
    const bad = edit(2, device, { firstName: '' })
    const client = await open()
    client.send(hello({ device }))
    await client.next('welcome')
    client.send({ type: 'push', edits: [first, bad] })
    const answer = await client.next('ack')
    expect(answer).toMatchObject({
      accepted: [[1, expect.any(Number)]],
      refused: [[2, { code: 'record.invalid' }]],
    })
    client.send({ type: 'push', edits: [first, bad] })
    expect(await client.next('ack')).toEqual(answer)
    client.socket.close()
    const again = await open()
    again.send(hello({ device }))
    expect(await again.next('welcome')).toMatchObject({ decided: 2 })
  })

  it('is refused when a number is missing before it', async () => {
    const device = newDeviceId()
    const client = await open()
    client.send(hello({ device }))
    await client.next('welcome')
    client.send({ type: 'push', edits: [edit(5, device, { firstName: 'Late' })] })
    expect(await client.next('problem')).toMatchObject({ code: 'sync.order' })
  })

  it('takes a group as a whole or not at all', async () => {
    const device = newDeviceId()
    const client = await open()
    client.send(hello({ device }))
    await client.next('welcome')
    const group = [
      edit(1, device, { firstName: 'Good' }),
      edit(2, device, { firstName: null }),
    ].map((one) => ({ ...one, g: 'g1' }))
    client.send({ type: 'push', edits: group })
    expect(await client.next('ack')).toMatchObject({
      accepted: [],
      refused: [
        [1, {}],
        [2, {}],
      ],
    })
  })

  it('is refused by role, with the reason', async () => {
    const device = newDeviceId()
    const client = await open()
    client.send(hello({ device, token: await login('cashier@demo.test') }))
    await client.next('welcome')
    client.send({
      type: 'push',
      edits: [
        { ...edit(1, device, { name: 'A lead' }), entity: 'lead' },
        { ...edit(2, device, { name: 'X', email: 'x@y.zz', role: 'owner' }), entity: 'user' },
      ],
    })
    expect(await client.next('ack')).toMatchObject({
      accepted: [],
      refused: [
        [1, { code: 'auth.forbidden' }],
        [2, { code: 'record.readonly' }],
      ],
    })
  })
})

describe('catching up page by page', () => {
  it('brings the latest of what was written while its pages were prepared', async () => {
    const device = newDeviceId()
    const writer = await open()
    writer.send(hello({ device }))
    const { seq: before } = await writer.next('welcome')
    const written = new Map<number, string>()
    const latest = new Map<string, number>()
    const write = async (ids: readonly string[]) => {
      const edits = ids.map((id) => {
        const n = written.size + 1
        written.set(n, id)
        return edit(n, device, { firstName: `Edit ${n}` }, id)
      })
      writer.send({ type: 'push', edits })
      const { accepted } = await writer.next('ack')
      for (const [n, seq] of accepted as [number, number][]) latest.set(written.get(n) ?? '', seq)
    }
    await write(Array.from({ length: 30 }, () => randomUUID()))
    const reader = await open()
    reader.send(hello())
    await reader.next('welcome')
    const seen = new Map<string, number>()
    let page: Message = { type: 'page', upTo: before, done: false }
    while (!page.done) {
      reader.send({ type: 'pull', after: page.upTo, limit: 7 })
      page = await reader.next('page')
      const packed = zlib.inflateRawSync(page.records as Uint8Array)
      for (const [, id, seq] of decodeFrame(packed) as [string, string, number][]) seen.set(id, seq)
      // The page behind this one has been read by now.
      const last = [...latest.keys()].at(25) ?? ''
      if (written.size < 36) await write([last, randomUUID()])
    }
    expect(seen).toEqual(latest)
    for (const { socket } of [writer, reader]) socket.close()
  })
})
