/** The WebSocket end of `/sync`: accepts sockets, feeds their frames in order, fans writes out. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { maxFrameBytes } from '../../shared/protocol/sync'
import type { Services } from '../kernel/services'
import { type Connection, createConnection } from './connection'
import { createPages } from './pages'

const heartbeatMs = 30_000

/** How often the database is asked for what other processes wrote. */
const pollMs = 2_000

/** How long clients have to answer the goodbye. */
const goodbyeMs = 2_000

/** Most frames of one client that wait; more means that it does not heed its acknowledgements. */
const maxWaitingFrames = 100

const toBytes = (data: RawData): Uint8Array =>
  data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data)

/** Attaches `/sync` to an HTTP server. */
export const attachSync = (server: Server, services: Services) => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  })
  const pages = createPages(services.db)
  const connections = new Set<Connection>()
  const alive = new WeakSet<WebSocket>()

  const accept = (socket: WebSocket): void => {
    const connection = createConnection({
      socket: {
        send: (frame) => socket.send(frame),
        close: (code, reason) => socket.close(code, reason),
        buffered: () => socket.bufferedAmount,
      },
      authenticate: services.authenticate,
      commit: services.commit,
      decided: services.decided,
      pages,
      log: services.log,
      now: services.now,
    })
    connections.add(connection)
    services.metrics.connections.inc()
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('message', inOrder(socket, connection))
    // A frame over the limit ends here; `ws` has closed the socket with 1009 by then.
    socket.on('error', (error) => services.log.warn({ err: error }, 'sync socket failed'))
    socket.once('close', () => {
      connection.closed()
      connections.delete(connection)
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
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
  }

  const beat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.has(socket)) socket.terminate()
      alive.delete(socket)
      socket.ping()
    }
    for (const connection of connections) void connection.check()
  }, heartbeatMs)
  beat.unref()
  const poll = setInterval(() => {
    const heads = new Map<string, number>()
    for (const connection of connections) {
      const workspaceId = connection.following()
      if (workspaceId === undefined) continue
      const seq = heads.get(workspaceId) ?? pages.head(workspaceId).seq
      heads.set(workspaceId, seq)
      connection.nudge(seq)
    }
  }, pollMs)
  poll.unref()
  server.on('upgrade', upgrade)
  const silence = services.onWritten((written) => {
    for (const connection of connections) connection.announce(written)
  })
  return {
    /** Says goodbye to everybody. */
    stop: (): void => {
      clearInterval(beat)
      clearInterval(poll)
      silence()
      server.off('upgrade', upgrade)
      for (const connection of connections) connection.stop()
      sockets.close()
      // Whoever sleeps or does not heed the goodbye must not keep the process alive.
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, goodbyeMs).unref()
    },
  }
}

/** Frames of one socket are handled one after the other: a push is decided before the next is read. */
const inOrder = (socket: WebSocket, connection: Connection) => {
  const state = { waiting: 0, tail: Promise.resolve() }
  return (data: RawData): void => {
    state.waiting += 1
    if (state.waiting > maxWaitingFrames) socket.pause()
    const frame = toBytes(data)
    state.tail = state.tail.then(async () => {
      await connection.receive(frame)
      state.waiting -= 1
      if (socket.isPaused && state.waiting < maxWaitingFrames / 2) socket.resume()
    })
  }
}
