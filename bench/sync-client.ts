/** A bare client of `/sync` that measures the server and stores nothing. */
import zlib from 'node:zlib'
import { WebSocket } from 'ws'
import { decodeFrame, encodeFrame } from '../shared/protocol/frame'
import {
  type ClientMessage,
  type Edit,
  protocolVersion,
  type ServerMessage,
  serverMessageSchema,
} from '../shared/protocol/sync'

/** As many records as the app asks for at once, first and then. */
const firstPage = 500
const fullPage = 2000

type OfType<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

export type SyncClient = {
  welcome: OfType<'welcome'>
  /** Sends edits and resolves once the server has decided on all of them. */
  push: (edits: Edit[]) => Promise<void>
  /** Pulls to the end; answers how many records and bytes came. */
  pull: (after: number) => Promise<{ records: number; bytes: number; upTo: number }>
  /** Calls back on every live frame. */
  onLive: (listener: (frame: OfType<'live'>) => void) => void
  close: () => void
}

/** Where a client stood when it was last connected. */
type Position = { epoch: string | null; cursor: number }

/** Connects and says hello as `device`. */
export const connectSync = async (
  port: number,
  token: string,
  device: string,
  position: Position = { epoch: null, cursor: 0 },
): Promise<SyncClient> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`, { perMessageDeflate: false })
  const listeners = new Set<(message: ServerMessage) => void>()
  socket.on('message', (data: Buffer) => {
    const message = serverMessageSchema.parse(decodeFrame(data))
    if (message.type === 'problem') throw new Error(`${message.code}: ${message.detail}`)
    for (const listener of listeners) listener(message)
  })
  const send = (message: ClientMessage) => socket.send(encodeFrame(message))
  const collect = <T>(
    step: (message: ServerMessage, done: (value: T) => void) => void,
  ): Promise<T> =>
    new Promise((resolve) => {
      const listener = (message: ServerMessage) =>
        step(message, (value) => {
          listeners.delete(listener)
          resolve(value)
        })
      listeners.add(listener)
    })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const welcomed = collect<OfType<'welcome'>>((message, done) => {
    if (message.type === 'welcome') done(message)
  })
  send({
    type: 'hello',
    protocol: protocolVersion,
    token,
    device,
    ...position,
    clock: Date.now(),
  })
  const welcome = await welcomed
  return {
    welcome,
    push: (edits) => {
      let open = edits.length
      const decided = collect<void>((message, done) => {
        if (message.type !== 'ack') return
        if (message.refused.length > 0) throw new Error(JSON.stringify(message.refused[0]))
        open -= message.accepted.length
        if (open <= 0) done()
      })
      for (let start = 0; start < edits.length; start += 500)
        send({ type: 'push', edits: edits.slice(start, start + 500) })
      return decided
    },
    pull: (after) => {
      const total = { records: 0, bytes: 0, upTo: after }
      const complete = collect<typeof total>((message, done) => {
        if (message.type !== 'page') return
        // The next page travels while this one is unpacked, as in the app.
        if (!message.done) send({ type: 'pull', after: message.upTo, limit: fullPage })
        total.bytes += message.records.byteLength
        const records = decodeFrame(zlib.inflateRawSync(message.records))
        total.records += Array.isArray(records) ? records.length : 0
        total.upTo = message.upTo
        if (message.done) done(total)
      })
      send({ type: 'pull', after, limit: firstPage })
      return complete
    },
    onLive: (listener) => {
      listeners.add((message) => {
        if (message.type === 'live') listener(message)
      })
    },
    close: () => socket.close(),
  }
}
