/** Ingest, catch-up, incremental catch-up, propagation and memory of the server, beside its peers. */
import { createClock } from '../shared/kernel/clock'
import { newDeviceId, newId } from '../shared/kernel/ids'
import type { Edit } from '../shared/protocol/sync'
import { contactValues } from './contacts'
import { startHocuspocus } from './peers/hocuspocus'
import type { Peer } from './peers/peer'
import { startYWebsocket } from './peers/y-websocket'
import { startRoadbook } from './processes'
import { type BenchContext, type Benchmark, compared, percentile, plain } from './result'
import { connectSync, type SyncClient } from './sync-client'

const clientsListening = 50
const editsSent = 500
/** Clients that catch up one after the other: with few records it takes more until code is compiled. */
const pullsOf = (records: number): number => (records < 50_000 ? 15 : 5)

type Figures = { ingest: number; catchUp: number; memory: number; propagation: number[] }

/** The middle one of several measurements in a row: a short one alone says little. */
const middleOf = async (times: number, measure: () => Promise<number>): Promise<number> => {
  const values: number[] = []
  for (let index = 0; index < times; index += 1) values.push(await measure())
  return percentile(values, 0.5)
}

const measurePeer = async (start: () => Promise<Peer>, records: number): Promise<Figures> => {
  const peer = await start()
  const ingest = records / (await peer.ingest(records))
  const pulls = pullsOf(records)
  const catchUp = await middleOf(pulls, async () => records / (await peer.catchUp(records)))
  const memory = peer.memoryMb()
  const samples = await peer.propagation(clientsListening, editsSent)
  await peer.stop()
  return { ingest, catchUp, memory, propagation: samples }
}

/** Edits that create contacts, numbered from `first`. */
const creations = (device: string, first: number, count: number): Edit[] => {
  const clock = createClock({ device, now: Date.now })
  const createdAt = new Date().toISOString()
  return Array.from({ length: count }, (_, index) => ({
    n: first + index,
    entity: 'contact',
    id: newId(),
    t: clock.next(),
    s: { ...contactValues(index), createdAt },
  }))
}

/** Milliseconds until a client that was away while 100 records changed is up to date. */
const incremental = async (port: number, token: string): Promise<number> => {
  const reader = await connectSync(port, token, newDeviceId())
  const { upTo } = await reader.pull(0)
  reader.close()
  const device = newDeviceId()
  const writer = await connectSync(port, token, device)
  await writer.push(creations(device, 1, 100))
  writer.close()
  const start = performance.now()
  const { epoch } = reader.welcome
  const back = await connectSync(port, token, newDeviceId(), { epoch, cursor: upTo })
  await back.pull(upTo)
  const taken = performance.now() - start
  back.close()
  return taken
}

/** Milliseconds from one client's edit to its arrival at 50 others: every arrival is a sample. */
const propagationOf = async (port: number, token: string): Promise<number[]> => {
  const listeners: SyncClient[] = []
  const sentAt = new Map<string, number>()
  const samples: number[] = []
  for (let index = 0; index < clientsListening; index += 1) {
    const client = await connectSync(port, token, newDeviceId())
    await client.pull(client.welcome.seq)
    client.onLive((frame) => {
      for (const [, id] of frame.records) {
        const sent = sentAt.get(id)
        if (sent !== undefined) samples.push(performance.now() - sent)
      }
    })
    listeners.push(client)
  }
  const device = newDeviceId()
  const writer = await connectSync(port, token, device)
  for (const edit of creations(device, 1, editsSent)) {
    sentAt.set(edit.id, performance.now())
    await writer.push([edit])
  }
  while (samples.length < clientsListening * editsSent)
    await new Promise((resolve) => setImmediate(resolve))
  for (const client of [writer, ...listeners]) client.close()
  return samples
}

const measureOurs = async ({ records, report }: BenchContext): Promise<Figures> => {
  const server = await startRoadbook()
  const device = newDeviceId()
  const edits = creations(device, 1, records)
  const writer = await connectSync(server.port, server.token, device)
  const start = performance.now()
  await writer.push(edits)
  const ingest = records / ((performance.now() - start) / 1000)
  writer.close()
  // Searching and scoring catch up with what was written; the peers have nothing of the kind.
  await server.quiet()
  let bytesPerRecord = 0
  const pulls = pullsOf(records)
  const catchUp = await middleOf(pulls, async () => {
    const reader = await connectSync(server.port, server.token, newDeviceId())
    const startPull = performance.now()
    const { records: received, bytes } = await reader.pull(0)
    const seconds = (performance.now() - startPull) / 1000
    reader.close()
    bytesPerRecord = Math.round(bytes / received)
    return received / seconds
  })
  const memory = server.memoryMb()
  const away = await middleOf(pulls, () => incremental(server.port, server.token))
  report(
    plain({
      name: 'sync.incremental',
      value: away,
      unit: 'ms',
      records,
      bytesPerRecord,
    }),
  )
  const samples = await propagationOf(server.port, server.token)
  await server.stop()
  return { ingest, catchUp, memory, propagation: samples }
}

export const sync: Benchmark = {
  name: 'sync',
  records: [10_000],
  run: async (context) => {
    const { records, report } = context
    const peers = [
      await measurePeer(startYWebsocket, records),
      await measurePeer(startHocuspocus, records),
    ]
    const ours = await measureOurs(context)
    const best = (pick: (figures: Figures) => number) => Math.max(...peers.map(pick))
    for (const share of [0.5, 0.99]) {
      const at = ({ propagation }: Figures) => percentile(propagation, share)
      const name = `sync.propagation.p${share * 100}`
      const quickest = Math.min(...peers.map(at))
      report(compared({ name, value: at(ours), unit: 'ms', records }, quickest))
    }
    const leanest = Math.min(...peers.map((figures) => figures.memory))
    report(
      compared(
        { name: 'sync.ingest', value: ours.ingest, unit: 'records/s', records },
        best((f) => f.ingest),
      ),
    )
    report(
      compared(
        { name: 'sync.catchup', value: ours.catchUp, unit: 'records/s', records },
        best((f) => f.catchUp),
      ),
    )
    report(
      compared({ name: 'sync.server-memory', value: ours.memory, unit: 'MB', records }, leanest),
    )
  },
}
