/** A small seeded generator (mulberry32), so that the same seed makes the same workspace. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next: () => number
  /** A whole number from 0 up to, not including, `below`. */
  below: (below: number) => number
  pick: <T>(items: readonly T[]) => T
  /** A UUID of version 7: like all ids of the product in the order in which they are made. */
  id: () => string
}

/** Unix milliseconds from which the made ids count up. */
const firstId = Date.UTC(2025, 0, 1)

export const createRandom = (seed: number): Random => {
  const state = { value: seed >>> 0, ids: 0 }
  const next = (): number => {
    state.value = (state.value + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state.value ^ (state.value >>> 15), 1 | state.value)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => below(16).toString(16)).join('')
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    id: () => {
      const time = (firstId + state.ids).toString(16).padStart(12, '0')
      state.ids += 1
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`
    },
  }
}
