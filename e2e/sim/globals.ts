/**
 * Timers, clock and chance of this JavaScript realm, replaced while a run lasts: the libraries
 * below the engine (Dexie, fake-indexeddb, uuid) ask for the global ones.
 */
import type { Random } from '../../server/demo/random'
import type { Loop } from './loop'

/** Node's timers have methods; only these are ever called. */
const handle = (cancel: () => void) => {
  const timer = { cancel, ref: () => timer, unref: () => timer, hasRef: () => true }
  return timer
}

const cancelOf = (timer: unknown): void => {
  if (typeof timer === 'object' && timer !== null && 'cancel' in timer)
    (timer as ReturnType<typeof handle>).cancel()
}

type Run = (...args: unknown[]) => void

const virtual = (loop: Loop, random: Random) => {
  const repeat = (ms: number, run: () => void) => {
    const process = loop.current()
    const state = { cancel: () => {} }
    const next = () => {
      state.cancel = loop.after(process, ms, () => {
        next()
        run()
      })
    }
    next()
    return handle(() => state.cancel())
  }
  return {
    setImmediate: (run: Run, ...args: unknown[]) =>
      handle(loop.soon(loop.current(), () => run(...args))),
    setTimeout: (run: Run, ms = 0, ...args: unknown[]) =>
      handle(loop.after(loop.current(), ms, () => run(...args))),
    setInterval: (run: Run, ms = 0, ...args: unknown[]) => repeat(ms, () => run(...args)),
    clearImmediate: cancelOf,
    clearTimeout: cancelOf,
    clearInterval: cancelOf,
    getRandomValues: <T extends ArrayBufferView>(array: T): T => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.below(256)
      return array
    },
  }
}

/** Replaces the globals; the returned function puts the real ones back. */
export const installGlobals = (loop: Loop, random: Random): (() => void) => {
  const { getRandomValues, ...timers } = virtual(loop, random)
  const kept = {
    setImmediate,
    setTimeout,
    setInterval,
    clearImmediate,
    clearTimeout,
    clearInterval,
  }
  const [now, chance] = [Date.now, Math.random]
  Object.assign(globalThis, timers)
  Date.now = loop.now
  Math.random = random.next
  // An own property hides the one of the prototype.
  Object.defineProperty(crypto, 'getRandomValues', { value: getRandomValues, configurable: true })
  return () => {
    Object.assign(globalThis, kept)
    Date.now = now
    Math.random = chance
    Reflect.deleteProperty(crypto, 'getRandomValues')
  }
}
