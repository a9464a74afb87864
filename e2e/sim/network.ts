/**
 * The network between machines and the server: each connection delivers in order, different ones
 * overtake each other, and any of them can break at any frame.
 */
import type { Random } from '../../server/demo/random'
import type { HubSocket, Line } from '../../server/sync/hub'
import type { OpenSocket } from '../../src-renderer/local/platform'
import type { Loop, Process } from './loop'

/** A request over HTTP. */
export type Call = { path: string; body: string; token: string }

/** What answers at the other end, while it is up. */
export type Serving = {
  process: Process
  accept: (socket: HubSocket) => Line
  answer: (call: Call) => Promise<Response>
}

export type Machine = {
  readonly name: string
  isOnline: boolean
  /** Reads so slowly that the server gives up telling it things. */
  isSlow: boolean
}

type Link = {
  machine: Machine
  client: Process
  server: Process
  isOver: { client: boolean; server: boolean }
  arrival: { client: number; server: number }
  line: Line | undefined
  onClose: (code: number) => void
}

export type Network = {
  openSocket: (machine: Machine, client: Process) => OpenSocket
  fetch: (machine: Machine, client: Process) => typeof fetch
  /** Breaks a machine's connections; `silent`: it is not told. */
  cut: (machine: Machine, options: { silent: boolean }) => void
  /** A window died: what it had sent still arrives. */
  hangUp: (client: Process) => void
  /** The server died: what it had sent still arrives. */
  drop: (server: Process) => void
}

/** More than the server lets wait for one client. */
const tooMuch = 64 * 1024 * 1024
const givenUpMs = 8_000

export const createNetwork = (deps: {
  loop: Loop
  random: Random
  serving: () => Serving | undefined
}): Network => {
  const { loop, random } = deps
  const links = new Set<Link>()

  /** Mostly quick, sometimes seconds. */
  const delay = () => (random.below(8) === 0 ? random.below(4000) : 1 + random.below(60))

  const deliver = (link: Link, to: 'client' | 'server', run: () => void) => {
    const at = Math.max(link.arrival[to], loop.now() + delay())
    link.arrival[to] = at
    loop.after(link[to], at - loop.now(), () => {
      if (!link.isOver[to]) run()
    })
  }

  const leave = (link: Link, side: 'client' | 'server') => {
    link.isOver[side] = true
    if (link.isOver.client && link.isOver.server) links.delete(link)
  }

  const closeServer = (link: Link) =>
    deliver(link, 'server', () => {
      link.line?.closed()
      leave(link, 'server')
    })

  const closeClient = (link: Link, code: number) =>
    deliver(link, 'client', () => {
      leave(link, 'client')
      link.onClose(code)
    })

  const serverSocket = (link: Link, onMessage: (bytes: Uint8Array) => void): HubSocket => ({
    send: (frame) => {
      const copy = frame.slice()
      deliver(link, 'client', () => onMessage(copy))
    },
    close: (code) => {
      closeClient(link, code)
      link.line?.closed()
      leave(link, 'server')
    },
    buffered: () => (link.machine.isSlow ? tooMuch : 0),
    pause: () => {},
    resume: () => {},
  })

  const openSocket: Network['openSocket'] = (machine, client) => (_, events) => {
    const none = loop.process('nobody')
    const link: Link = {
      machine,
      client,
      server: deps.serving()?.process ?? none,
      isOver: { client: false, server: false },
      arrival: { client: 0, server: 0 },
      line: undefined,
      onClose: (code) => events.onClose(code, ''),
    }
    const serving = deps.serving()
    if (!machine.isOnline || !serving) closeClient(link, 1006)
    else {
      links.add(link)
      deliver(link, 'server', () => {
        link.line = serving.accept(serverSocket(link, events.onMessage))
        deliver(link, 'client', events.onOpen)
      })
    }
    return {
      send: (bytes) => {
        const copy = bytes.slice()
        if (!link.isOver.client) deliver(link, 'server', () => link.line?.receive(copy))
      },
      close: () => {
        if (link.isOver.client) return
        closeServer(link)
        leave(link, 'client')
      },
    }
  }

  const answered = async (machine: Machine, call: Call): Promise<Response> => {
    const serving = deps.serving()
    if (!machine.isOnline || !serving?.process.isAlive) throw new TypeError('fetch failed')
    return serving.answer(call)
  }

  return {
    openSocket,
    fetch: (machine, client) => (input, init) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new TypeError('fetch failed'))
        const call = {
          path: new URL(String(input)).pathname,
          body: String(init?.body),
          token: new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '',
        }
        const carrier = deps.serving()?.process ?? client
        loop.after(carrier, delay(), () => {
          answered(machine, call).then(
            (response) =>
              loop.after(client, delay(), () => (machine.isOnline ? resolve(response) : fail())),
            () => loop.after(client, delay(), fail),
          )
        })
        loop.after(client, givenUpMs, fail)
      }),
    cut: (machine, { silent }) => {
      for (const link of [...links]) {
        if (link.machine !== machine) continue
        // What was under way to the server may have got through or not.
        if (random.below(2) === 0) {
          const { line } = link
          leave(link, 'server')
          loop.after(link.server, delay(), () => line?.closed())
        } else closeServer(link)
        leave(link, 'client')
        if (!silent) loop.after(link.client, delay(), () => link.onClose(1006))
      }
    },
    hangUp: (client) => {
      for (const link of [...links])
        if (link.client === client) {
          closeServer(link)
          leave(link, 'client')
        }
    },
    drop: (server) => {
      for (const link of [...links])
        if (link.server === server) {
          leave(link, 'server')
          if (!link.isOver.client) closeClient(link, 1006)
        }
    },
  }
}
