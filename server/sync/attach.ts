/** The WebSocket end of `/sync`: upgrades requests and hands their sockets to the hub. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { maxFrameBytes } from '../../shared/protocol/sync'
import type { Services } from '../kernel/services'
import { createHub, heartbeatMs } from './hub'
import { createPages } from './pages'

/** How long clients have to answer the goodbye. */
const goodbyeMs = 2_000

const toBytes = (data: RawData): Uint8Array =>
  data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data)

/** Takes an upgrade that is its own; answers whether it was. */
export type UpgradeRoute = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

/** Attaches `/sync` to an HTTP server, and what else comes by WebSocket beside it. */
export const attachSync = (
  server: Server,
  services: Services,
  others: readonly UpgradeRoute[] = [],
) => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  })
  const hub = createHub({ ...services, pages: createPages(services.db) })
  const alive = new WeakSet<WebSocket>()

  const accept = (socket: WebSocket): void => {
    const line = hub.accept({
      send: (frame) => socket.send(frame),
      close: (code, reason) => socket.close(code, reason),
      buffered: () => socket.bufferedAmount,
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    })
    services.metrics.connections.inc()
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('message', (data) => line.receive(toBytes(data)))
    // A frame over the limit ends here; `ws` has closed the socket with 1009 by then.
    socket.on('error', (error) => services.log.warn({ err: error }, 'sync socket failed'))
    socket.once('close', () => {
      line.closed()
      services.metrics.connections.dec()
    })
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Nobody else listens by now, and an error that nobody hears ends the process.
    socket.on('error', () => socket.destroy())
    // Not parsed as an address: not everything that a client may ask for is one.
    const [pathname = ''] = (request.url ?? '').split('?')
    if (pathname.replace(/\/$/, '') === '/sync')
      sockets.handleUpgrade(request, socket, head, accept)
    else if (!others.some((route) => route(request, socket, head)))
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
  }

  const beat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.has(socket)) socket.terminate()
      alive.delete(socket)
      socket.ping()
    }
  }, heartbeatMs)
  beat.unref()
  server.on('upgrade', upgrade)
  return {
    /** Says goodbye to everybody. */
    stop: (): void => {
      clearInterval(beat)
      server.off('upgrade', upgrade)
      hub.stop()
      sockets.close()
      // Whoever sleeps or does not heed the goodbye must not keep the process alive.
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, goodbyeMs).unref()
    },
  }
}
