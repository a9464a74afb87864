/**
 * Keeps a connection to the server: connects, refreshes tokens, waits and tries again. Pure of
 * browser globals, so that a simulator can drive it with its own sockets, storage, time and chance.
 */
import { Refusal } from '../../../shared/kernel/refusal'
import { isQuotaProblem, syncQuotaRefusal } from '../edits/quota'
import { type Connection, openConnection } from './connection'
import type { Ending } from './ending'
import { type AccessToken, type EngineDeps, type SyncState, Unreachable } from './types'

export type SyncEngine = {
  start: () => void
  /** Ends for good; resolves at once. */
  stop: () => void
  /** There are new edits. */
  poke: () => void
  /** Somebody wants this copy compared with the server's. */
  audit: () => void
  /** The network is back, the machine woke up, or somebody asked: try at once. */
  retryNow: () => void
  /** The network is gone: no attempts until `retryNow`. */
  pause: () => void
  /** The position changed behind the engine's back: say hello again. */
  restart: () => void
}

const firstDelayMs = 500
const longestDelayMs = 30_000
const refreshBeforeMs = 60_000
/** A clock may be that far off before its user is told: as far as the server takes stamps as they are. */
const toleratedClockMs = 5 * 60_000

export const createSyncEngine = (deps: EngineDeps): SyncEngine => {
  const state = {
    /** Counts attempts; what belongs to an older one is ignored. */
    run: 0,
    isStopped: true,
    failures: 0,
    connection: undefined as Connection | undefined,
    cancelTimer: () => {},
    current: { state: 'connecting' } as SyncState,
    isRejected: false,
    isCautious: false,
  }

  const show = (next: SyncState) => {
    state.current = next
    deps.onState(next)
  }

  const showOffline = () => {
    if (state.current.state === 'offline') return
    show({ state: 'offline', since: new Date(deps.time.now()).toISOString() })
  }

  const block = (reason: Refusal['info']) => {
    state.run += 1
    state.cancelTimer()
    show({ state: 'blocked', reason })
  }

  const retryLater = () => {
    showOffline()
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(state.failures, 10))
    state.failures += 1
    state.cancelTimer()
    state.cancelTimer = deps.time.after(delay * (0.5 + deps.time.random() / 2), open)
  }

  const failed = (cause: unknown) => {
    if (cause instanceof Refusal) return block(cause.info)
    if (isQuotaProblem(cause)) return block(syncQuotaRefusal(cause).info)
    if (!(cause instanceof Unreachable)) deps.onError(cause)
    retryLater()
  }

  const onEnd = async (ending: Ending) => {
    state.connection = undefined
    state.cancelTimer()
    if (ending.why === 'again') open()
    else if (ending.why === 'copied') {
      await deps.storage.renumber()
      open()
    } else if (ending.why === 'failed') failed(ending.cause)
    else if (ending.why === 'refused') block(ending.reason)
    else if (ending.why === 'rejected') {
      // An edit that the server cannot read must not hold up those behind it for ever.
      if (state.isCautious)
        await deps.storage.settle({
          accepted: [],
          refused: (ending.inFlight ?? []).map((n) => [n, ending.reason]),
        })
      state.isCautious = !state.isCautious
      retryLater()
    } else if (ending.why === 'unauthorised' && !state.isRejected) {
      state.isRejected = true
      open()
    } else if (ending.why === 'unauthorised') block(new Refusal('auth.expired').info)
    else retryLater()
  }

  const renew = async (run: number) => {
    try {
      const access = await deps.accessToken({ isRejected: true })
      if (run !== state.run || !state.connection) return
      state.connection.sendToken(access.token)
      scheduleRenewal(run, access)
    } catch (cause) {
      if (run !== state.run) return
      // Without network the old token serves until the server says otherwise.
      if (cause instanceof Refusal) state.connection?.close({ why: 'refused', reason: cause.info })
    }
  }

  const scheduleRenewal = (run: number, { expiresAtMs }: AccessToken) => {
    const delay = Math.max(1000, expiresAtMs - deps.time.now() - refreshBeforeMs)
    state.cancelTimer()
    // Longer delays than a timer can hold are cut; the token is then renewed early.
    state.cancelTimer = deps.time.after(Math.min(delay, 2 ** 31 - 1), () => renew(run))
  }

  const connect = async (run: number) => {
    const access = await deps.accessToken({ isRejected: state.isRejected })
    const position = await deps.storage.position()
    if (run !== state.run) return
    state.connection = openConnection(
      deps,
      { position, token: access.token, isCautious: state.isCautious },
      {
        onProgress: (done, total) => show({ state: 'syncing', done, total }),
        onLive: (clockOffMs) => {
          state.failures = 0
          state.isRejected = false
          const isFar = Math.abs(clockOffMs) > toleratedClockMs
          show({ state: 'live', ...(isFar ? { clockOffMs } : {}) })
        },
        onEnd: (ending) => {
          if (run === state.run) onEnd(ending).catch(failed)
        },
      },
    )
    scheduleRenewal(run, access)
  }

  const open = () => {
    if (state.isStopped) return
    state.run += 1
    state.cancelTimer()
    const { run } = state
    connect(run).catch((cause: unknown) => {
      if (run === state.run) failed(cause)
    })
  }

  const drop = () => {
    state.run += 1
    state.cancelTimer()
    state.connection?.close({ why: 'lost' })
    state.connection = undefined
  }

  const openAnew = () => {
    drop()
    state.failures = 0
    show({ state: 'connecting' })
    open()
  }

  return {
    start: () => {
      state.isStopped = false
      openAnew()
    },
    stop: () => {
      state.isStopped = true
      drop()
    },
    poke: () => state.connection?.poke(),
    audit: () => state.connection?.audit(),
    retryNow: () => {
      if (state.isStopped) return
      if (state.connection && state.current.state !== 'offline') return state.connection.poke()
      openAnew()
    },
    pause: () => {
      if (state.isStopped) return
      drop()
      showOffline()
    },
    restart: () => {
      if (!state.isStopped) openAnew()
    },
  }
}
