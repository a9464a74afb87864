/** A second client, written from docs/sync-protocol.md alone: it shares no code with Roadbook. */
import zlib from 'node:zlib'
import { decode, encode } from '@msgpack/msgpack'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { type DemoServer, startDemoServer } from '../demo/test-demo'

type Message = { type: string; [field: string]: unknown }
type Tuple = [entity: string, id: string, seq: number, state: Uint8Array]

const device = Array.from({ length: 10 }, () => Math.floor(Math.random() * 36).toString(36)).join(
  '',
)

const connect = async (url: string, token: string) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`)
  const inbox: Message[] = []
  const arrived = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    inbox.push(decode(data) as Message)
    for (const look of arrived) look()
  })
  await new Promise((resolve) => socket.once('open', resolve))
  const receive = (type: string): Promise<Message> =>
    new Promise((resolve) => {
      const look = () => {
        const at = inbox.findIndex((message) => message.type === type)
        const [found] = at < 0 ? [] : inbox.splice(at, 1)
        if (!found) return
        arrived.delete(look)
        resolve(found)
      }
      arrived.add(look)
      look()
    })
  const send = (message: Message) => socket.send(encode(message))
  send({ type: 'hello', protocol: 1, token, device, epoch: null, cursor: 0, clock: Date.now() })
  return { socket, send, receive, welcome: await receive('welcome') }
}

const fold = (state: Uint8Array): { [field: string]: unknown } => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const winners: { [field: string]: { t: string; value: unknown } } = {}
  for (const { t, s } of doc.getArray<{ t: string; s: { [field: string]: unknown } }>('patches'))
    for (const [field, value] of Object.entries(s))
      if (t > (winners[field]?.t ?? '')) winners[field] = { t, value }
  return Object.fromEntries(Object.entries(winners).map(([field, { value }]) => [field, value]))
}

let server: DemoServer
beforeAll(async () => {
  server = await startDemoServer()
})
afterAll(() => server.stop())

it('pulls the workspace, pushes an edit, and sees it acknowledged and live', async () => {
  const answer = await fetch(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sales@demo.test', password: 'roadbook-demo' }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const client = await connect(server.url, token)
  client.send({ type: 'pull', after: 0, limit: 5000 })
  const page = await client.receive('page')
  const records = decode(zlib.inflateRawSync(page.records as Uint8Array)) as Tuple[]
  expect(page.done).toBe(true)
  const [, id] =
    records.find(
      ([entity, , , state]) => entity === 'contact' && fold(state).lastName === 'Cooper',
    ) ?? []
  const t = `${Date.now().toString(36).padStart(9, '0')}0000${device}`
  client.send({
    type: 'push',
    edits: [{ n: 1, entity: 'contact', id, t, s: { jobTitle: 'Chief of Staff' } }],
  })
  const ack = await client.receive('ack')
  expect(ack).toMatchObject({ accepted: [[1, expect.any(Number)]], refused: [] })
  // What the server works out by itself, the scores of leads, may come in between.
  let seen = page.upTo
  let edited: Tuple | undefined
  while (!edited) {
    const live = await client.receive('live')
    expect(live.prev).toBe(seen)
    seen = live.upTo
    edited = (live.records as Tuple[]).find((tuple) => tuple[1] === id)
  }
  expect(ack.accepted).toEqual([[1, edited[2]]])
  expect(fold(edited[3])).toMatchObject({
    firstName: 'Jane',
    jobTitle: 'Chief of Staff',
  })
  client.socket.close()
})
