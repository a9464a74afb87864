import { useMemo, useSyncExternalStore } from 'react'

const minuteMs = 60_000

/** A clock that everybody looks at who asks for the same steps: not a timer for each row of a list. */
const createTicker = (everyMs: number) => {
  const listeners = new Set<() => void>()
  const state = { now: Date.now(), timer: undefined as ReturnType<typeof setInterval> | undefined }
  const tick = () => {
    state.now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    read: () => {
      // Nobody looked for a while, so nobody is told: whoever begins to look starts from here.
      if (listeners.size === 0 && Date.now() - state.now >= everyMs) state.now = Date.now()
      return state.now
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      state.timer ??= setInterval(tick, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(state.timer)
        state.timer = undefined
      }
    },
  }
}

const tickers = new Map<number, ReturnType<typeof createTicker>>()

const tickerOf = (everyMs: number) => {
  const known = tickers.get(everyMs)
  if (known) return known
  const made = createTicker(everyMs)
  tickers.set(everyMs, made)
  return made
}

/**
 * The time, told anew every minute or as often as is asked: for whatever a screen says about now. What
 * reads the clock by itself while it is drawn is not drawn again because time passes.
 */
export const useNow = (everyMs = minuteMs): number => {
  const { subscribe, read } = useMemo(() => tickerOf(everyMs), [everyMs])
  return useSyncExternalStore(subscribe, read)
}
