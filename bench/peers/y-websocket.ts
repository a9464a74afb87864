/** @y/websocket-server with all records in one document, as its users do it. */
import { createDecoder, readVarUint } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { WebSocket } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { contactValues } from '../contacts'
import { startNode } from '../processes'
import { batchSize, type Peer } from './peer'
import { measurePropagation } from './propagation'

const syncMessage = 0

const connect = (port: number, name = 'bench'): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${name}`)
    socket.binaryType = 'arraybuffer'
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })

const frame = (write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array => {
  const encoder = createEncoder()
  writeVarUint(encoder, syncMessage)
  write(encoder)
  return toUint8Array(encoder)
}

/** Asks for what the document lacks; the server answers in order, so the answer says that it has read all before. */
const synced = (socket: WebSocket, doc: Y.Doc): Promise<void> =>
  new Promise((resolve) => {
    const onMessage = (data: ArrayBuffer) => {
      const decoder = createDecoder(new Uint8Array(data))
      if (readVarUint(decoder) !== syncMessage) return
      const kind = readSyncMessage(decoder, createEncoder(), doc, 'server')
      if (kind !== 1) return
      socket.off('message', onMessage)
      resolve()
    }
    socket.on('message', onMessage)
    socket.send(frame((encoder) => writeSyncStep1(encoder, doc)))
  })

const seconds = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** A document that sends what is written into it, and takes what others write. */
const liveDocument = async (port: number): Promise<{ doc: Y.Doc; close: () => void }> => {
  const doc = new Y.Doc()
  const socket = await connect(port, 'propagation')
  await synced(socket, doc)
  socket.on('message', (data: ArrayBuffer) => {
    const decoder = createDecoder(new Uint8Array(data))
    if (readVarUint(decoder) === syncMessage)
      readSyncMessage(decoder, createEncoder(), doc, 'server')
  })
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') socket.send(frame((encoder) => writeUpdate(encoder, update)))
  })
  return { doc, close: () => socket.close() }
}

/** Starts the peer's own server file in a process. */
export const startYWebsocket = async (): Promise<Peer> => {
  const server = await startNode(['node_modules/@y/websocket-server/src/server.js'])
  return {
    name: '@y/websocket-server 0.1.1',
    ingest: async (records) => {
      const doc = new Y.Doc()
      const socket = await connect(server.port)
      await synced(socket, doc)
      doc.on('update', (update: Uint8Array) =>
        socket.send(frame((encoder) => writeUpdate(encoder, update))),
      )
      const taken = await seconds(async () => {
        addRecords(doc, records)
        await synced(socket, doc)
      })
      // The server drops a document nobody is connected to, so this connection stays.
      return taken
    },
    catchUp: async (records) => {
      const doc = new Y.Doc()
      const socket = await connect(server.port)
      const taken = await seconds(() => synced(socket, doc))
      socket.close()
      if (doc.getMap('records').size !== records) throw new Error('the peer lost records')
      return taken
    },
    propagation: async (listeners, edits) => {
      const all = []
      for (let index = 0; index <= listeners; index += 1) all.push(await liveDocument(server.port))
      const [writer, ...others] = all
      const docs = others.map(({ doc }) => doc)
      const samples = await measurePropagation(writer?.doc ?? new Y.Doc(), docs, edits)
      for (const { close } of all) close()
      return samples
    },
    memoryMb: server.memoryMb,
    stop: server.stop,
  }
}

/** Adds the contacts as a map of maps, 500 a transaction. */
export const addRecords = (doc: Y.Doc, records: number): void => {
  const all = doc.getMap('records')
  for (let start = 0; start < records; start += batchSize)
    doc.transact(() => {
      for (let index = start; index < Math.min(records, start + batchSize); index += 1)
        all.set(`contact-${index}`, new Y.Map(Object.entries(contactValues(index))))
    })
}
