/**
 * One client of `/sync`: hello, catch-up, pushes, live frames. Nothing that arrives is believed
 * before a schema has checked it.
 */
import type { Logger } from 'pino'
import { Refusal } from '../../shared/kernel/refusal'
import { encodeFrame } from '../../shared/protocol/frame'
import {
  type ClientMessage,
  closeCodes,
  maxConnections,
  oldestProtocolVersion,
  protocolVersion,
  type ServerMessage,
} from '../../shared/protocol/sync'
import type { Authenticate } from '../auth/authenticate'
import type { Devices } from '../auth/devices'
import type { Written } from '../kernel/commit/commit'
import type { Decided } from '../kernel/commit/devices'
import type { Actor, Commit, EditOutcome } from '../kernel/ports'
import { toRefusal } from '../kernel/problem'
import type { Viewers } from '../kernel/viewers'
import { createReadingAhead } from './ahead'
import { createFanOut } from './fan-out'
import { readMessage, toInput } from './messages'
import type { Onlooker } from './page'
import type { createPages } from './pages'
import { createView, type View } from './view'

/** The socket as the connection needs it. */
export type Socket = {
  send: (frame: Uint8Array) => void
  close: (code: number, reason: string) => void
  /** Bytes that wait to be sent. */
  buffered: () => number
}

export type ConnectionDeps = {
  socket: Socket
  authenticate: Authenticate
  commit: Commit
  decided: (workspaceId: string, device: string, userId: string) => Decided
  devices: Devices
  pages: ReturnType<typeof createPages>
  viewerOf: Viewers
  /** How many connections of a user are open, this one not among them. */
  othersOf: (userId: string) => number
  log: Logger
  now: () => number
}

/** How long after its token expired a connection may stay to send a fresh one. */
const graceMs = 30_000

type Of<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>

type Peer = {
  actor: Actor
  /** What this user sees; a connection ends once that is another. */
  view: View
  token: string
  expiresAtMs: number
  warned: boolean
}

/** Records by which rights change; whoever is connected is looked at again at once. */
const rightful = new Set(['team', 'teamMember', 'user'])

/** Before `hello` nobody sees anything. */
const blind: View = {
  access: '',
  userId: '',
  seesAll: () => false,
  sees: () => false,
  shown: () => new Uint8Array(),
}

const closeCodeOf = ({ status }: Refusal): number =>
  status === 401 || status === 403 ? closeCodes.unauthorised : closeCodes.malformed

export type Connection = ReturnType<typeof createConnection>

/** What is to be said to a client of a version that is not spoken here; `undefined` to all others. */
const protocolRefusal = (protocol: number): Refusal | undefined => {
  if (protocol > protocolVersion)
    return new Refusal('sync.protocol', {
      detail: 'This app is newer than the server. Ask your admin to update the server.',
    })
  return protocol < oldestProtocolVersion ? new Refusal('sync.protocol') : undefined
}

/** The server's decisions on a push. */
const acknowledgement = (
  edits: Of<'push'>['edits'],
  outcomes: readonly EditOutcome[],
): ServerMessage => {
  const accepted: [number, number][] = []
  const refused: Extract<ServerMessage, { type: 'ack' }>['refused'] = []
  outcomes.forEach((outcome, index) => {
    const n = edits[index]?.n ?? 0
    if (outcome.ok) accepted.push([n, outcome.seq])
    else refused.push([n, outcome.refusal])
  })
  return { type: 'ack', accepted, refused }
}

/** Lets a client in: who it is, what it sees, and what it is told first. */
const admit = async (
  deps: ConnectionDeps,
  message: Of<'hello'>,
): Promise<{ peer: Peer; welcome: ServerMessage }> => {
  const { token, device } = message
  const { principal, family, expiresAtMs } = await deps.authenticate(token)
  const { workspaceId, userId, role } = principal
  if (deps.othersOf(userId) >= maxConnections) throw new Refusal('sync.too-many')
  const decided = deps.decided(workspaceId, device, userId)
  const knownDecided = decided.n
  const actor: Actor = { workspaceId, userId, role, device, knownDecided, via: 'sync' }
  deps.devices.meet({ workspaceId, id: device, userId, family, name: message.app ?? null })
  const view = createView(deps.viewerOf(actor))
  const head = deps.pages.head(workspaceId)
  const after = message.epoch === head.epoch ? message.cursor : 0
  return {
    peer: { actor, view, token, expiresAtMs, warned: false },
    welcome: {
      type: 'welcome',
      protocol: protocolVersion,
      epoch: head.epoch,
      seq: head.seq,
      behind: deps.pages.behind(workspaceId, after),
      decided: decided.n,
      ...(decided.stamp === null ? {} : { decidedStamp: decided.stamp }),
      clock: deps.now(),
      user: userId,
      workspace: workspaceId,
      audits: true,
      tiers: true,
      access: view.access,
    },
  }
}

/** Speaks with one client. `receive` takes frames in order. */
export const createConnection = (deps: ConnectionDeps) => {
  const state: {
    peer: Peer | undefined
    /** Was still silent when last looked at. */
    isSilent: boolean
    closed: boolean
  } = { peer: undefined, isSilent: false, closed: false }

  const send = (message: ServerMessage): void => {
    if (!state.closed) deps.socket.send(encodeFrame(message))
  }
  const live = createFanOut({
    send,
    buffered: deps.socket.buffered,
    view: () => state.peer?.view ?? blind,
  })
  const fail = (refusal: Refusal, closeCode: number): void => {
    send({ type: 'problem', code: refusal.code, detail: refusal.message })
    state.closed = true
    deps.socket.close(closeCode, refusal.code)
  }

  const onlooker = ({ actor, view }: Peer): Onlooker => ({ workspaceId: actor.workspaceId, view })
  const knownPeer = (): Peer => {
    if (!state.peer) throw new Refusal('auth.missing')
    return state.peer
  }
  const head = (): number => deps.pages.head(knownPeer().actor.workspaceId).seq
  const pages = createReadingAhead({
    read: (wanted) => deps.pages.next(onlooker(knownPeer()), { ...wanted, head: head() }),
    head,
  })

  /** Whether this user still sees what they saw at `hello`; where not, the connection has ended. */
  const seesTheSame = (peer: Peer): boolean => {
    if (createView(deps.viewerOf(peer.actor)).access === peer.view.access) return true
    state.closed = true
    deps.socket.close(closeCodes.accessChanged, 'access.changed')
    return false
  }

  const hello = async (message: Of<'hello'>): Promise<void> => {
    const unspoken = protocolRefusal(message.protocol)
    if (unspoken) return fail(unspoken, closeCodes.protocol)
    live.start(undefined)
    pages.forget()
    const { peer, welcome } = await admit(deps, message)
    state.peer = peer
    send(welcome)
  }

  const pull = async (peer: Peer, message: Of<'pull'>): Promise<void> => {
    live.start(undefined)
    const { after, limit } = message
    const page = await pages.next({ after, limit })
    send({ type: 'page', ...page })
    if (!page.done) return pages.prepare({ after: page.upTo, limit })
    live.start(page.upTo)
    // What was written since the page was read has not been announced to this client.
    if (head() > page.upTo) await pull(peer, { ...message, after: page.upTo })
  }

  const push = async (peer: Peer, message: Of<'push'>): Promise<void> => {
    const edits = message.edits.map(toInput)
    const outcomes = await deps.commit(peer.actor, edits)
    const knownDecided = Math.max(peer.actor.knownDecided ?? 0, message.edits.at(-1)?.n ?? 0)
    peer.actor = { ...peer.actor, knownDecided }
    send(acknowledgement(message.edits, outcomes))
  }

  const renew = async (peer: Peer, message: Of<'token'>): Promise<void> => {
    const { principal, expiresAtMs } = await deps.authenticate(message.token)
    if (principal.userId !== peer.actor.userId || principal.workspaceId !== peer.actor.workspaceId)
      throw new Refusal('auth.forbidden', { detail: 'The token belongs to somebody else.' })
    Object.assign(peer, {
      token: message.token,
      expiresAtMs,
      warned: false,
      actor: { ...peer.actor, role: principal.role },
    })
    seesTheSame(peer)
  }

  /** Answers an expired token once and gives the client time to renew it. */
  const isExpired = (peer: Peer): boolean => {
    const overdueMs = deps.now() - peer.expiresAtMs
    if (overdueMs < 0) return false
    const refusal = new Refusal('auth.expired')
    if (overdueMs > graceMs) fail(refusal, closeCodes.unauthorised)
    else if (!peer.warned) {
      peer.warned = true
      send({ type: 'problem', code: refusal.code, detail: refusal.message })
    }
    return true
  }

  /** A token outlives the sign-in, key or role that it stands for: those count as they are now. */
  const isStillAllowed = async (peer: Peer): Promise<boolean> => {
    const { principal } = await deps.authenticate(peer.token)
    peer.actor = { ...peer.actor, role: principal.role }
    return seesTheSame(peer)
  }

  const handle = async (message: ClientMessage): Promise<void> => {
    if (message.type === 'hello') return hello(message)
    const peer = state.peer
    if (!peer) return fail(new Refusal('auth.missing'), closeCodes.unauthorised)
    if (message.type === 'token') return renew(peer, message)
    if (message.type === 'ping') return send({ type: 'pong', clock: deps.now() })
    if (isExpired(peer)) return
    if (!(await isStillAllowed(peer))) return
    if (message.type === 'kept') return send(await deps.pages.kept(onlooker(peer), message))
    if (message.type === 'older') return send(await deps.pages.older(onlooker(peer), message))
    if (message.type === 'audit') return send(await deps.pages.audit(onlooker(peer), message))
    return message.type === 'pull' ? pull(peer, message) : push(peer, message)
  }

  const guarded = async (act: () => Promise<void>): Promise<void> => {
    if (state.closed) return
    try {
      await act()
    } catch (error) {
      const refusal = toRefusal(error, deps.log)
      fail(refusal, closeCodeOf(refusal))
    }
  }

  return {
    receive: (frame: Uint8Array): Promise<void> => guarded(() => handle(readMessage(frame))),
    /** Looks, from time to time, whether whoever only listens may still do so. */
    check: (): Promise<void> =>
      guarded(async () => {
        const { peer } = state
        if (peer) {
          if (!isExpired(peer)) await isStillAllowed(peer)
        } else if (state.isSilent) fail(new Refusal('auth.missing'), closeCodes.unauthorised)
        state.isSilent = true
      }),
    /** Who said hello. */
    userId: (): string | undefined => state.peer?.actor.userId,
    /** The workspace that a live connection follows. */
    following: (): string | undefined =>
      live.isLive() ? state.peer?.actor.workspaceId : undefined,
    /** Tells a live client of what has just been written. */
    announce: ({ workspaceId, records }: Written): void => {
      const { peer } = state
      if (peer?.actor.workspaceId !== workspaceId || !live.isLive() || isExpired(peer)) return
      if (records.some(({ entity }) => rightful.has(entity)) && !seesTheSame(peer)) return
      live.announce(records)
    },
    /** Tells a live client how far its workspace has come, in case it was not told. */
    nudge: (seq: number): void => {
      const { peer } = state
      if (peer && live.isLive() && !isExpired(peer)) live.nudge(seq)
    },
    stop: (): void => fail(new Refusal('server.stopping'), closeCodes.stopping),
    closed: (): void => {
      state.closed = true
    },
  }
}
