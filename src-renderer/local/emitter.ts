/**
 * Tells the listeners of this window what happened. Changes of rows come in bursts while the store
 * catches up: the first is told at once, what follows within a moment is told together.
 */
import type { StoreEvent } from './api'
import type { Time } from './platform'
import type { Changes } from './query/tables'

const burstMs = 60
/** Whole pages come in floods: what is on screen follows once a second, and lets them through. */
const floodMs = 1000
/** More ids than this are told as `all`: readers ask again for what they show anyway. */
const namedIds = 500
/** What changes more rows at once than somebody at a screen does is part of a flood. */
const floodIds = 200

type Listener = (event: StoreEvent) => void

export type Emitter = {
  subscribe: (listener: Listener) => () => void
  emit: (event: StoreEvent) => void
  emitChanges: (changes: Changes) => void
}

/** Gathers changes and tells them at most once in so many milliseconds. */
const createGathering = (time: Time, everyMs: number, emit: Listener) => {
  const held = new Map<string, Set<string> | 'all'>()
  const state = { isWaiting: false }

  const hold = (entity: string, ids: string[] | 'all') => {
    const before = held.get(entity)
    if (before === 'all' || ids === 'all') return held.set(entity, 'all')
    const all = new Set([...(before ?? []), ...ids])
    return held.set(entity, all.size > namedIds ? 'all' : all)
  }

  const tell = () => {
    const told = [...held]
    held.clear()
    for (const [entity, ids] of told)
      emit({ type: 'changed', entity, ids: ids === 'all' ? ids : [...ids] })
  }

  const waitForMore = () => {
    state.isWaiting = true
    time.after(everyMs, () => {
      state.isWaiting = false
      if (held.size === 0) return
      tell()
      waitForMore()
    })
  }

  return (changes: Changes): void => {
    for (const [entity, ids] of Object.entries(changes))
      if (ids === 'all' || ids.length > 0) hold(entity, ids)
    if (state.isWaiting || held.size === 0) return
    tell()
    waitForMore()
  }
}

const isFlood = (changes: Changes): boolean =>
  Object.values(changes).some((ids) => ids === 'all' || ids.length > floodIds)

export const createEmitter = (time: Time): Emitter => {
  const listeners = new Set<Listener>()
  const emit = (event: StoreEvent) => {
    for (const listener of listeners) listener(event)
  }
  const soon = createGathering(time, burstMs, emit)
  const flood = createGathering(time, floodMs, emit)
  return {
    emit,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emitChanges: (changes) => (isFlood(changes) ? flood(changes) : soon(changes)),
  }
}
