/**
 * One connection to `/sync`: hello, pull to the end, push what waits, then live. It ends at the
 * first thing it does not understand; the engine connects again and both sides agree anew.
 */
import { encodeFrame } from '../../../shared/protocol/frame'
import { protocolVersion, type ServerMessage } from '../../../shared/protocol/sync'
import { createAudit } from './audit'
import { type Ending, endingOfClose, endingOfProblem } from './ending'
import { watchLine } from './heartbeat'
import { createInbox } from './inbox'
import { createOlder } from './older'
import { createPushing } from './pushing'
import type { EngineDeps, Position, ServerHead } from './types'
import { type Unpacked, unpack } from './unpack'

type OfType<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

export type ConnectionEvents = {
  onProgress: (done: number, total: number) => void
  /** `clockOffMs`: how far this machine's clock is ahead of the server's. */
  onLive: (clockOffMs: number) => void
  onEnd: (ending: Ending) => void
}

export type ConnectionStart = {
  position: Position
  token: string
  /** Push one group at a time: the last push was not understood as a whole. */
  isCautious: boolean
}

export type Connection = {
  /** There may be new edits to push. */
  poke: () => void
  /** Compares this copy with the server's, once everything has been pulled. */
  audit: () => void
  sendToken: (token: string) => void
  close: (ending: Ending) => void
}

/** The first page is small, so that something is on screen soon; the others make few transactions. */
const firstPage = 500
const fullPage = 2000

const helloOf = ({ time, app }: EngineDeps, { token, position }: ConnectionStart) => ({
  type: 'hello',
  protocol: protocolVersion,
  token,
  ...position,
  clock: time.now(),
  app,
})

const headOf = (welcome: OfType<'welcome'>): ServerHead => {
  const { epoch, access, seq, behind: records, tiers = false, decided, decidedStamp } = welcome
  return { epoch, access, tiers, seq, records, decided: { n: decided, stamp: decidedStamp } }
}

/** An ending with the edits that were under way; where there were none, no edit was rejected. */
const withEdits = (ending: Ending, inFlight: number[]): Ending =>
  ending.why === 'rejected' && inFlight.length === 0 ? { why: 'lost' } : { ...ending, inFlight }

/** Opens a connection; everything that arrives is worked off one after the other. */
export const openConnection = (
  deps: EngineDeps,
  start: ConnectionStart,
  events: ConnectionEvents,
): Connection => {
  const state = {
    cursor: start.position.cursor,
    isPulling: false,
    isLive: false,
    hasEnded: false,
    done: 0,
    total: 0,
    clockOffMs: 0,
    welcome: undefined as OfType<'welcome'> | undefined,
    wantsAudit: false,
    work: Promise.resolve(),
  }

  const send = (message: { type: string; [key: string]: unknown }) =>
    socket.send(encodeFrame(message))

  const end = (ending: Ending) => {
    if (state.hasEnded) return
    state.hasEnded = true
    heartbeat.stop()
    socket.close()
    events.onEnd(withEdits(ending, pushing.inFlight()))
  }

  const enqueue = (job: () => Promise<void>) => {
    state.work = state.work
      .then(() => (state.hasEnded ? undefined : job()))
      .catch((cause: unknown) => end({ why: 'failed', cause }))
  }

  const pull = (after: number) => {
    state.isPulling = true
    send({ type: 'pull', after, limit: after === 0 ? firstPage : fullPage })
  }

  /** Whether something may come behind everything else: never beside a comparison, or before one. */
  const isFree = () => state.isLive && !state.isPulling && !state.wantsAudit && !audit.isRunning()
  const audit = createAudit(deps, send)
  const pushing = createPushing(deps, {
    send,
    isOpen: () => state.isLive && !state.hasEnded,
    isCautious: start.isCautious,
  })
  const older = createOlder(deps, {
    send,
    access: () => state.welcome?.access,
    onProgress: events.onProgress,
    isFree,
    onMoved: () => end({ why: 'again' }),
  })
  const inbox = createInbox((packed) => unpack(deps, packed))

  /** Quietly once a day, or because somebody asked. */
  const auditIfDue = async () => {
    if (!state.isLive || state.isPulling || older.isAsking() || !state.welcome?.audits) return
    if (!state.wantsAudit && !(await deps.storage.isAuditDue(state.welcome?.access))) return
    state.wantsAudit = false
    await audit.start({ upTo: state.cursor, access: state.welcome?.access })
  }

  const onWelcome = async (message: OfType<'welcome'>) => {
    state.welcome = message
    state.clockOffMs = deps.time.now() - message.clock
    const met = await deps.storage.meet(headOf(message))
    if (met === 'changed') return end({ why: 'again' })
    state.cursor = met.cursor
    older.set(met)
    state.total = Math.min(message.behind, message.seq - met.cursor)
    if (state.total > 0) events.onProgress(0, state.total)
    if (!older.askKept()) pull(met.cursor)
  }

  const onKept = async (message: OfType<'kept'>, page: () => Promise<Unpacked>) => {
    if (await older.kept(message, page)) pull(state.cursor)
  }

  const onOlder = async (message: OfType<'older'>, page: () => Promise<Unpacked>) => {
    await older.older(message, page)
    await auditIfDue()
    older.ask()
  }

  const onPage = async (message: OfType<'page'>, page: () => Promise<Unpacked>) => {
    // Frames that come twice change nothing; a server may follow up a last page with another.
    if (message.upTo < state.cursor) return
    if (message.upTo === state.cursor && !(message.done && state.isPulling)) return
    // The next page travels while this one is being written.
    if (!message.done) pull(message.upTo)
    const { records, derived } = await page()
    await deps.storage.applyRecords(records, message.upTo, {
      isCatchUp: !state.isLive,
      access: state.welcome?.access,
      derived,
    })
    state.cursor = message.upTo
    await audit.advanced(state.cursor)
    state.done += records.length
    if (!message.done) return events.onProgress(state.done, Math.max(state.done, state.total))
    state.isPulling = false
    older.set(await deps.storage.caughtUp())
    state.isLive = true
    events.onLive(state.clockOffMs)
    await pushing.push()
    await auditIfDue()
    older.ask()
  }

  const onLive = async (message: OfType<'live'>) => {
    // A page that is under way holds whatever this frame does.
    if (state.isPulling || message.upTo <= state.cursor) return
    if (message.prev !== state.cursor) return pull(state.cursor)
    await deps.storage.applyRecords(message.records, message.upTo, {
      isCatchUp: false,
      access: state.welcome?.access,
    })
    state.cursor = message.upTo
    await audit.advanced(state.cursor)
    older.ask()
  }

  const receive = async () => {
    const { message, unpacked } = inbox.take() ?? {}
    if (!message) return
    if (message.type === 'welcome') await onWelcome(message)
    else if (message.type === 'page' && unpacked) await onPage(message, unpacked)
    else if (message.type === 'live') await onLive(message)
    else if (message.type === 'ack') await pushing.acked(message)
    else if (message.type === 'kept' && unpacked) await onKept(message, unpacked)
    else if (message.type === 'older' && unpacked) await onOlder(message, unpacked)
    else if (message.type === 'audited') {
      await audit.answered(message)
      older.ask()
    } else if (message.type === 'pong') await auditIfDue()
    else if (message.type === 'problem') end(endingOfProblem(message))
  }

  const socket = deps.openSocket(deps.url, {
    onOpen: () => send(helloOf(deps, start)),
    onMessage: (bytes) => {
      heartbeat.heard()
      inbox.add(bytes)
      enqueue(receive)
    },
    // What arrived before the close is still worked off.
    onClose: (code, reason) => {
      state.work = state.work.then(() => end(endingOfClose(code, reason)))
    },
  })
  const heartbeat = watchLine(deps.time, {
    ask: () => send({ type: 'ping' }),
    onDead: () => end({ why: 'lost' }),
  })

  return {
    poke: () => enqueue(pushing.push),
    audit: () => {
      state.wantsAudit = true
      enqueue(auditIfDue)
    },
    sendToken: (token) => send({ type: 'token', token }),
    close: end,
  }
}
