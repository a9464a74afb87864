import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { textFragment } from '../../shared/crdt/record-doc'
import { bearerProtocol, collabProtocol } from '../../shared/protocol/collab'
import { type DemoServer, startDemoServer } from '../demo/test-demo'
import { updateFrame } from './wire'

let server: DemoServer
let jane: string
const tokens = new Map<string, string>()
const open: { provider: WebsocketProvider; doc: Y.Doc }[] = []

const api = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    ...init,
    headers: {
      'content-type': 'application/json',
      ...(tokens.has('sales') ? { authorization: `Bearer ${tokens.get('sales')}` } : {}),
    },
  })
  return (await answer.json()) as Record<string, never>
}

const login = async (name: string): Promise<void> => {
  const body = JSON.stringify({ email: `${name}@demo.test`, password: 'roadbook-demo' })
  tokens.set(name, (await api('/auth/login', { method: 'POST', body })).access_token as never)
}

beforeAll(async () => {
  server = await startDemoServer()
  await login('sales')
  await login('sales2')
  const created = await api('/crm/contacts', {
    method: 'POST',
    body: JSON.stringify({ first_name: 'Open', last_name: 'Record' }),
  })
  jane = String(created.id)
})
afterEach(() => {
  for (const { provider, doc } of open.splice(0)) {
    provider.destroy()
    doc.destroy()
  }
})
afterAll(() => server.stop())

/** A member of the room of a record, as a browser is one. */
const enter = (name: string, id = jane) => {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(
    `${server.url.replace('http', 'ws')}/collab/contact`,
    id,
    doc,
    {
      disableBc: true,
      protocols: [collabProtocol, `${bearerProtocol}${tokens.get(name)}`],
      WebSocketPolyfill: WebSocket as never,
    },
  )
  open.push({ provider, doc })
  const closed = new Promise<number>((resolve) =>
    provider.once('closed', ({ code }) => resolve(code)),
  )
  const say = (text: string) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    textFragment(doc, 'notes').push([paragraph])
  }
  const notes = () => textFragment(doc, 'notes').toString()
  return { doc, provider, closed, say, notes }
}

const storedNotes = async (id = jane): Promise<string> =>
  String((await api(`/crm/contacts/${id}`)).notes)

describe('a room', () => {
  it('shows each what the other types, and stores it through the gate', async () => {
    const [one, two] = [enter('sales'), enter('sales2')]
    await vi.waitFor(() => expect(one.provider.synced && two.provider.synced).toBe(true))
    one.say('from one')
    two.say('from two')
    await vi.waitFor(() => {
      for (const { notes } of [one, two]) {
        expect(notes()).toContain('from one')
        expect(notes()).toContain('from two')
      }
    })
    expect(await storedNotes()).toContain('from one')
    expect(await storedNotes()).toContain('from two')
  })

  it('takes what somebody typed while offline, and leaves the fields alone', async () => {
    const one = enter('sales')
    await vi.waitFor(() => expect(one.provider.synced).toBe(true))
    one.provider.disconnect()
    one.say('from the tunnel')
    one.provider.connect()
    await vi.waitFor(async () => expect(await storedNotes()).toContain('from the tunnel'))
    expect(await api(`/crm/contacts/${jane}`)).toMatchObject({ first_name: 'Open' })
  })

  it('shows notes that come another way in', async () => {
    const one = enter('sales')
    await vi.waitFor(() => expect(one.provider.synced).toBe(true))
    await api(`/crm/contacts/${jane}`, {
      method: 'PATCH',
      body: JSON.stringify({ notes: 'Over the interface' }),
    })
    await vi.waitFor(() => expect(one.notes()).toContain('Over the interface'))
  })

  it('tells who is there under their own names alone', async () => {
    const [one, two] = [enter('sales'), enter('sales2')]
    await vi.waitFor(() => expect(one.provider.synced && two.provider.synced).toBe(true))
    one.provider.awareness.setLocalState({
      user: { id: 'x', name: 'The owner' },
      field: 'phone',
      secret: 'no',
    })
    await vi.waitFor(() =>
      expect(two.provider.awareness.getStates().get(one.doc.clientID)).toEqual({
        user: { id: expect.any(String), name: 'Sara Sales' },
        field: 'phone',
      }),
    )
    one.provider.disconnect()
    await vi.waitFor(() =>
      expect(two.provider.awareness.getStates().has(one.doc.clientID)).toBe(false),
    )
  })

  it('is closed to whoever may not see the record, without saying whether there is one', async () => {
    expect(await enter('sales', '01890000-0000-7000-8000-000000000000').closed).toBe(4404)
    tokens.set('stranger', 'nonsense')
    expect(await enter('stranger').closed).toBe(4401)
  })

  it('takes what is typed together with what the server wrote, which arrived by sync', async () => {
    const [one, two] = [enter('sales'), enter('sales2')]
    await vi.waitFor(() => expect(one.provider.synced && two.provider.synced).toBe(true))
    const sent: unknown[] = []
    one.provider.on('connection-close', (event) => sent.push(event))
    one.provider.ws?.send(updateFrame(Y.encodeStateAsUpdate(two.doc)))
    one.say('first key')
    one.provider.ws?.send(updateFrame(Y.encodeStateAsUpdate(two.doc)))
    one.say('second key')
    await vi.waitFor(() => expect(two.notes()).toContain('second key'))
    expect(sent).toEqual([])
  })

  it('shows whoever lost the line and came back, though others pass on what they know', async () => {
    const [one, two] = [enter('sales'), enter('sales2')]
    await vi.waitFor(() => expect(one.provider.synced && two.provider.synced).toBe(true))
    const seen = () => two.provider.awareness.getStates().get(one.doc.clientID)
    one.provider.awareness.setLocalState({ field: 'notes' })
    await vi.waitFor(() => expect(seen()).toMatchObject({ field: 'notes' }))
    one.provider.ws?.close()
    await vi.waitFor(() => expect(seen()).toBeUndefined())
    await vi.waitFor(() => expect(one.provider.synced).toBe(true))
    one.provider.awareness.setLocalState({ field: 'phone' })
    await vi.waitFor(() =>
      expect(seen()).toMatchObject({ field: 'phone', user: { name: 'Sara Sales' } }),
    )
  })

  it('sends away whoever touches more than text, and keeps the record whole', async () => {
    const one = enter('sales')
    await vi.waitFor(() => expect(one.provider.synced).toBe(true))
    const before = await api(`/crm/contacts/${jane}`)
    one.doc.getArray('patches').delete(0, 1)
    expect(await one.closed).toBe(4403)
    expect(await api(`/crm/contacts/${jane}`)).toEqual(before)
  })

  it('sends away whoever sends no message of the protocol', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/collab/contact/${jane}`, {
      headers: { authorization: `Bearer ${tokens.get('sales')}` },
    })
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.send(new Uint8Array([0, 2, 3, 255, 255, 255]))
    expect(await closed).toBe(4400)
  })
})
