import { useSyncExternalStore } from 'react'

/** Short enough for a reminder, and that what has just happened does not seem to lie ahead. */
const stepMs = 5_000

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const tick = () => {
  for (const listener of listeners) listener()
}

/** One timer for everybody who looks: not one for each row of a list. */
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(tick, stepMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** In steps, so that it is the same for whoever is drawn at the same time. */
const read = (): number => Math.floor(Date.now() / stepMs) * stepMs

/**
 * The time, told anew several times a minute: for whatever a screen says about now. What reads the
 * clock by itself while it is drawn is not drawn again because time passes.
 */
export const useNow = (): number => useSyncExternalStore(subscribe, read)
