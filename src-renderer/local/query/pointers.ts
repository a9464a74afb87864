/**
 * Slots by the record that a field of theirs points at, so that what belongs to a record is found
 * without going through the table. Slots of one record hang on a chain through one array of numbers:
 * a list of its own for each of a hundred thousand records would cost several times the memory.
 */

/** End of a chain; slots are counted from one in it, so that fresh memory is all ends. */
const end = 0

export type Pointers = {
  /** Notes what a slot points at now; anything but a text is nothing. */
  set: (slot: number, target: unknown) => void
  /** The slots that point at a record, in no order; `undefined` where they are more than `limit`. */
  slotsOf: (target: string, limit: number) => number[] | undefined
}

const grownTo = (links: Uint32Array<ArrayBuffer>, slot: number): Uint32Array<ArrayBuffer> => {
  if (slot < links.length) return links
  const grown = new Uint32Array(Math.max(slot + 1, links.length * 2))
  grown.set(links)
  return grown
}

export const createPointers = (): Pointers => {
  const heads = new Map<string, number>()
  const targets: (string | undefined)[] = []
  const chain = { next: new Uint32Array(1024) }

  const link = (slot: number, target: string) => {
    chain.next = grownTo(chain.next, slot)
    chain.next[slot] = heads.get(target) ?? end
    heads.set(target, slot + 1)
  }

  const unlink = (slot: number, target: string) => {
    const { next } = chain
    const after = next[slot] ?? end
    let at = heads.get(target) ?? end
    if (at === slot + 1) {
      if (after === end) heads.delete(target)
      else heads.set(target, after)
      return
    }
    while (at !== end && next[at - 1] !== slot + 1) at = next[at - 1] ?? end
    if (at !== end) next[at - 1] = after
  }

  return {
    set: (slot, value) => {
      const target = typeof value === 'string' ? value : undefined
      const before = targets[slot]
      if (before === target) return
      if (before !== undefined) unlink(slot, before)
      targets[slot] = target
      if (target !== undefined) link(slot, target)
    },
    slotsOf: (target, limit) => {
      const slots: number[] = []
      for (let at = heads.get(target) ?? end; at !== end; at = chain.next[at - 1] ?? end) {
        if (slots.length === limit) return undefined
        slots.push(at - 1)
      }
      return slots
    },
  }
}
