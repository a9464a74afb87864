/** Hocuspocus 3.4 with all records in one document. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { startNode } from '../processes'
import type { Peer } from './peer'
import { measurePropagation } from './propagation'
import { addRecords } from './y-websocket'

const provide = (port: number, name = 'bench') => {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}`,
    WebSocketPolyfill: WebSocket,
  })
  const document = new Y.Doc()
  const provider = new HocuspocusProvider({ websocketProvider, name, document })
  provider.attach()
  return { provider, document }
}

const synced = (provider: HocuspocusProvider): Promise<void> =>
  new Promise((resolve) => {
    if (provider.isSynced) resolve()
    else provider.on('synced', () => resolve())
  })

const acknowledged = (provider: HocuspocusProvider): Promise<void> =>
  new Promise((resolve) => {
    const check = () => {
      if (!provider.hasUnsyncedChanges) resolve()
    }
    provider.on('unsyncedChanges', check)
    check()
  })

/** Starts Hocuspocus in a process. */
export const startHocuspocus = async (): Promise<Peer> => {
  const server = await startNode(['--import', 'tsx', 'bench/peers/hocuspocus-server.ts'])
  return {
    name: 'Hocuspocus 3.4',
    ingest: async (records) => {
      const { provider, document } = provide(server.port)
      await synced(provider)
      const start = performance.now()
      addRecords(document, records)
      await acknowledged(provider)
      return (performance.now() - start) / 1000
    },
    catchUp: async (records) => {
      const start = performance.now()
      const { provider, document } = provide(server.port)
      await synced(provider)
      const taken = (performance.now() - start) / 1000
      if (document.getMap('records').size !== records) throw new Error('the peer lost records')
      provider.destroy()
      return taken
    },
    propagation: async (listeners, edits) => {
      const all = Array.from({ length: listeners + 1 }, () => provide(server.port, 'propagation'))
      for (const { provider } of all) await synced(provider)
      const [writer, ...others] = all.map(({ document }) => document)
      const samples = await measurePropagation(writer ?? new Y.Doc(), others, edits)
      for (const { provider } of all) provider.destroy()
      return samples
    },
    memoryMb: server.memoryMb,
    stop: server.stop,
  }
}
