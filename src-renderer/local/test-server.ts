/**
 * A server for tests: the real protocol over sockets in memory, merged by the shared code, with
 * switches for what can go wrong on the way.
 */
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame'
import {
  type ClientMessage,
  clientMessageSchema,
  type Edit,
  type ServerMessage,
} from '../../shared/protocol/sync'
import type { OpenSocket, SocketEvents } from './platform'
import { createTestGate } from './test-gate'

type Line = {
  isOpen: boolean
  isLive: boolean
  device: string
  send: (message: ServerMessage) => void
  close: (code: number) => void
}

type Hello = Extract<ClientMessage, { type: 'hello' }>

const soon = (run: () => void) => {
  setTimeout(run, 0)
}

/** The sign-in half: who is known, which tokens are good. */
const createTestAuth = () => {
  const state = {
    granted: 0,
    /** The tokens that are good; refresh tokens are good once. */
    access: new Set<string>(),
    refresh: new Set<string>(),
    refreshed: 0,
    sessionEnded: false,
    role: 'owner',
    user: { id: newId(), name: 'Ada', email: 'ada@demo.test' },
    workspace: { id: newId(), slug: 'demo', name: 'Demo', currency: 'EUR' },
  }
  const grant = () => {
    state.granted += 1
    const access = `a${state.granted}`
    const refresh = `r${state.granted}`
    state.access.add(access)
    state.refresh.add(refresh)
    return Response.json({
      access_token: access,
      refresh_token: refresh,
      expires_in: 900,
      user: { ...state.user, role: state.role },
      workspace: state.workspace,
    })
  }
  const problem = (code: 'auth.invalid' | 'auth.expired') => {
    const { message, status } = new Refusal(code)
    return Response.json({ code, detail: message, status }, { status })
  }
  const answer = (path: string, body: string): Response => {
    if (path.endsWith('/login')) return body.includes('right') ? grant() : problem('auth.invalid')
    if (path.endsWith('/logout')) return new Response(null, { status: 204 })
    const spent = [...state.refresh].find((token) => body.includes(`"${token}"`))
    if (state.sessionEnded || spent === undefined) return problem('auth.expired')
    state.refresh.delete(spent)
    state.refreshed += 1
    return grant()
  }
  return { state, answer }
}

export type TestServer = ReturnType<typeof createTestServer>

export const createTestServer = () => {
  const gate = createTestGate()
  const auth = createTestAuth()
  const lines = new Set<Line>()
  const switches = {
    isReachable: true,
    /** Swallows what is sent to clients. */
    loses: (_: ServerMessage): boolean => false,
    /** How often each message is sent. */
    copies: 1,
    tooOld: false,
    /** How far the server's clock is ahead of whoever says hello. */
    clockOffMs: 0,
    /** What is answered to the content of a file instead of taking it. */
    refuseContent: undefined as (() => Response) | undefined,
    /** Which pushes the server cannot read. */
    isMalformed: (_: Edit[]): boolean => false,
  }
  const seen = { pushes: [] as Edit[][], hellos: [] as Hello[] }

  const announce = (from: number) => {
    const records = gate.changedSince(from)
    if (records.length === 0) return
    for (const line of lines)
      if (line.isLive) line.send({ type: 'live', prev: from, upTo: gate.state.seq, records })
  }

  const hello = (line: Line, message: Hello) => {
    seen.hellos.push(message)
    if (switches.tooOld) {
      line.send({ type: 'problem', code: 'sync.protocol', detail: 'Update Roadbook.' })
      return line.close(4426)
    }
    if (!auth.state.access.has(message.token)) return line.close(4401)
    line.device = message.device
    const { epoch, seq } = gate.state
    line.send({
      type: 'welcome',
      protocol: 1,
      epoch,
      seq,
      behind: gate.changedSince(message.epoch === epoch ? message.cursor : 0).length,
      decided: 0,
      clock: message.clock + switches.clockOffMs,
      user: auth.state.user.id,
      workspace: auth.state.workspace.id,
    })
  }

  const receive = (line: Line, bytes: Uint8Array) => {
    const message = clientMessageSchema.parse(decodeFrame(bytes))
    if (message.type === 'hello') hello(line, message)
    else if (message.type === 'pull') {
      const page = gate.page(message.after, message.limit)
      line.isLive = page.type === 'page' && page.done
      line.send(page)
    } else if (message.type === 'push') {
      if (switches.isMalformed(message.edits)) return line.close(4400)
      seen.pushes.push(message.edits)
      const from = gate.state.seq
      const ack = gate.decide(line.device, message.edits, auth.state.user.id)
      announce(from)
      line.send(ack)
    } else if (message.type === 'ping') line.send({ type: 'pong', clock: Date.now() })
  }

  const createLine = (events: SocketEvents): Line => {
    const line: Line = {
      isOpen: true,
      isLive: false,
      device: '',
      send: (message) => {
        if (switches.loses(message)) return
        const bytes = encodeFrame(message)
        for (let copy = 0; copy < switches.copies; copy += 1)
          soon(() => line.isOpen && events.onMessage(bytes))
      },
      close: (code) =>
        soon(() => {
          if (!line.isOpen) return
          line.isOpen = false
          lines.delete(line)
          events.onClose(code, '')
        }),
    }
    return line
  }

  const openSocket: OpenSocket = (_, events) => {
    const line = createLine(events)
    soon(() => {
      if (!switches.isReachable) return line.close(1006)
      lines.add(line)
      events.onOpen()
    })
    return {
      send: (bytes) => {
        const copy = new Uint8Array(bytes)
        soon(() => line.isOpen && receive(line, copy))
      },
      close: () => line.close(1000),
    }
  }

  /** Contents of files by the id of their record. */
  const contents = new Map<string, Uint8Array>()

  const answerContent = (id: string, init: RequestInit | undefined): Response => {
    if (!gate.row('file', id)) return new Response(null, { status: 404 })
    if (init?.body instanceof Uint8Array) {
      if (switches.refuseContent) return switches.refuseContent()
      contents.set(id, new Uint8Array(init.body))
      return new Response(null, { status: 204 })
    }
    const content = contents.get(id)
    return content ? new Response(new Uint8Array(content)) : new Response(null, { status: 404 })
  }

  const answerFetch: typeof fetch = async (input, init) => {
    if (!switches.isReachable) throw new TypeError('fetch failed')
    const { pathname } = new URL(String(input))
    const fileId = /\/crm\/files\/([^/]+)\/content$/.exec(pathname)?.[1]
    return fileId ? answerContent(fileId, init) : auth.answer(pathname, String(init?.body))
  }

  return {
    gate,
    auth: auth.state,
    switches,
    seen,
    openSocket,
    fetch: answerFetch,
    contents,
    row: gate.row,
    /** An edit by somebody else. */
    edit: (edit: Omit<Edit, 'n'>, by = 'somebody else') => {
      const from = gate.state.seq
      gate.write({ ...edit, n: 1 }, by)
      announce(from)
    },
    /** Cuts every connection; `isReachable` decides whether new ones come about. */
    cut: () => {
      for (const line of lines) line.close(1006)
    },
  }
}
