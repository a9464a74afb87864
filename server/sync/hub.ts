/** The connections of `/sync` as one: accepts sockets, feeds their frames in order, fans writes out. */
import type { Written } from '../kernel/commit/commit'
import type { Services } from '../kernel/services'
import { type Connection, createConnection, type Socket } from './connection'
import type { createPages } from './pages'

/** How often connections are looked at: do they still answer, and may they still listen. */
export const heartbeatMs = 30_000

/** How often the database is asked for what other processes wrote. */
const pollMs = 2_000

/** Most frames of one client that wait; more means that it does not heed its acknowledgements. */
const maxWaitingFrames = 100

/** A socket whose reading can be held up. */
export type HubSocket = Socket & { pause: () => void; resume: () => void }

/** The socket's end of a connection: what arrives, and that nothing more will. */
export type Line = { receive: (frame: Uint8Array) => void; closed: () => void }

type HubDeps = Pick<
  Services,
  'authenticate' | 'commit' | 'decided' | 'devices' | 'viewerOf' | 'whenRevoked' | 'log' | 'now'
> & {
  pages: ReturnType<typeof createPages>
  onWritten: (listener: (written: Written) => void) => () => void
}

/** Starts to serve whatever sockets it is given. */
export const createHub = (deps: HubDeps) => {
  const { authenticate, commit, decided, devices, viewerOf, pages, log, now } = deps
  const connections = new Set<Connection>()

  const check = () => {
    for (const connection of connections) void connection.check()
  }
  const beat = setInterval(check, heartbeatMs)
  const unlisten = deps.whenRevoked(check)
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
  const silence = deps.onWritten((written) => {
    for (const connection of connections) connection.announce(written)
  })

  return {
    accept: (socket: HubSocket): Line => {
      const connection = createConnection({
        socket,
        authenticate,
        commit,
        decided,
        devices,
        viewerOf,
        othersOf: (userId) =>
          [...connections].filter((one) => one !== connection && one.userId() === userId).length,
        pages,
        log,
        now,
      })
      connections.add(connection)
      return {
        receive: inOrder(socket, connection),
        closed: () => {
          connection.closed()
          connections.delete(connection)
        },
      }
    },
    /** Says goodbye to everybody. */
    stop: (): void => {
      clearInterval(beat)
      clearInterval(poll)
      silence()
      unlisten()
      for (const connection of connections) connection.stop()
    },
  }
}

/** Frames of one socket are handled one after the other: a push is decided before the next is read. */
const inOrder = (socket: HubSocket, connection: Connection) => {
  const state = { waiting: 0, isPaused: false, tail: Promise.resolve() }
  return (frame: Uint8Array): void => {
    state.waiting += 1
    if (state.waiting > maxWaitingFrames && !state.isPaused) {
      state.isPaused = true
      socket.pause()
    }
    state.tail = state.tail.then(async () => {
      await connection.receive(frame)
      state.waiting -= 1
      if (state.isPaused && state.waiting < maxWaitingFrames / 2) {
        state.isPaused = false
        socket.resume()
      }
    })
  }
}
