/**
 * Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * A stamp is a string that sorts by time: 9 base-36 digits of Unix milliseconds, 4 of a counter,
 * 10 characters of device id. Stamps only rank edits of one field; nothing is ordered, paged or
 * deduplicated by them.
 */
import { deviceIdSchema } from './ids'

const timeDigits = 9
const counterDigits = 4
const counterLimit = 36 ** counterDigits

/** The parts of a stamp; `ms` is Unix time in milliseconds. */
export type Stamp = { ms: number; counter: number; device: string }

/** Formats the parts as a sortable string. */
export const formatStamp = ({ ms, counter, device }: Stamp): string =>
  ms.toString(36).padStart(timeDigits, '0') +
  counter.toString(36).padStart(counterDigits, '0') +
  device

const stampPattern = /^[0-9a-z]{23}$/

/** Whether a string is a well-formed stamp. */
export const isStamp = (text: unknown): text is string =>
  typeof text === 'string' && stampPattern.test(text)

/** Reads a stamp; throws `RangeError` for a malformed one. */
export const parseStamp = (text: string): Stamp => {
  if (!isStamp(text)) throw new RangeError('not a stamp')
  return {
    ms: Number.parseInt(text.slice(0, timeDigits), 36),
    counter: Number.parseInt(text.slice(timeDigits, timeDigits + counterDigits), 36),
    device: text.slice(timeDigits + counterDigits),
  }
}

/** The same stamp moved back to `limitMs` when it lies beyond; its counter and device stay. */
export const clampStamp = (text: string, limitMs: number): string => {
  const stamp = parseStamp(text)
  return stamp.ms <= limitMs ? text : formatStamp({ ...stamp, ms: limitMs })
}

/** The next stamp of the same device behind `text`. */
export const stampAfter = (text: string): string => {
  const { ms, counter, device } = parseStamp(text)
  return counter + 1 < counterLimit
    ? formatStamp({ ms, counter: counter + 1, device })
    : formatStamp({ ms: ms + 1, counter: 0, device })
}

export type Clock = {
  /** A stamp greater than every stamp this clock made or saw. */
  next: () => string
  /** Learns of a foreign stamp, so that the next edit here ranks after it. */
  see: (stamp: string) => void
}

/** How far a foreign stamp may run ahead of this machine and still pull the clock forward. */
export const maxDriftMs = 5 * 60_000

/** A clock for one device; `now` gives Unix milliseconds and may jump either way. */
export const createClock = (deps: { device: string; now: () => number; last?: string }): Clock => {
  deviceIdSchema.parse(deps.device)
  const start = deps.last === undefined ? { ms: 0, counter: 0 } : parseStamp(deps.last)
  const state = { ms: start.ms, counter: start.counter }
  const advance = (ms: number) => {
    if (ms > state.ms) Object.assign(state, { ms, counter: 0 })
    else if (state.counter + 1 < counterLimit) state.counter += 1
    else Object.assign(state, { ms: state.ms + 1, counter: 0 })
  }
  return {
    next: () => {
      advance(deps.now())
      return formatStamp({ ...state, device: deps.device })
    },
    see: (text) => {
      const stamp = parseStamp(text)
      if (stamp.ms > deps.now() + maxDriftMs) return
      if (stamp.ms > state.ms || (stamp.ms === state.ms && stamp.counter > state.counter))
        Object.assign(state, { ms: stamp.ms, counter: stamp.counter })
    },
  }
}
