/** Notices a line that is open in name only: after a silence it asks, after a longer one it gives up. */
import type { Time } from '../platform'

const askAfterMs = 10_000
const deadAfterMs = 20_000

export type Heartbeat = { heard: () => void; stop: () => void }

export const watchLine = (
  time: Time,
  calls: { ask: () => void; onDead: () => void },
): Heartbeat => {
  const state = { lastMs: time.now(), hasAsked: false, cancel: () => {} }
  const look = () => {
    const silentMs = time.now() - state.lastMs
    // A machine that slept was silent itself: nobody is given up without having been asked.
    if (state.hasAsked && silentMs >= deadAfterMs) return calls.onDead()
    if (silentMs >= askAfterMs) {
      state.hasAsked = true
      calls.ask()
    }
    state.cancel = time.after(askAfterMs, look)
  }
  state.cancel = time.after(askAfterMs, look)
  return {
    heard: () => {
      state.lastMs = time.now()
      state.hasAsked = false
    },
    stop: () => state.cancel(),
  }
}
