/**
 * All rows of one entity in memory, with the texts, columns and orders that lists need. Columns
 * are arrays by slot: going through one is several times faster than through as many rows.
 */
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { indexedRefs } from '../database'
import { defaultSort, type SortKey, sortKeyOf, type TitleLookup } from '../sort-key'
import type { TieBreak } from './order'
import { createOrders, type SortBy } from './orders'
import { createPointers } from './pointers'
import { createSignatures, type Signatures } from './signatures'
import { createHaystack, titleText } from './words'

/** What a slot holds: nothing any more, a live row, a deleted one. */
export const slotStates = { empty: 0, live: 1, deleted: 2 } as const

export type MemoryTable = {
  entity: AnyEntity
  /** Counts up with every change; what was computed at another version is stale. */
  version: () => number
  /** Adds rows or replaces those with the same id. */
  put: (rows: readonly AnyRow[]) => void
  remove: (ids: readonly string[]) => void
  get: (id: string) => AnyRow | undefined
  /** The row in a slot; `undefined` where one was removed. */
  at: (slot: number) => AnyRow | undefined
  /** By slot, one of `slotStates`. */
  states: () => Uint8Array
  haystacks: readonly string[]
  /** False only for slots whose haystack lacks one of the words; others have to be looked at. */
  mayHold: Signatures['mayHold']
  titles: readonly string[]
  /** Values of a field by slot. */
  values: (field: string) => readonly unknown[]
  /** Sort keys of a field by slot. */
  keys: (field: string) => readonly SortKey[]
  /** Every slot with a row, sorted. */
  order: (sort: readonly SortBy[]) => Uint32Array
  /** Compares slots as `order` sorts them. */
  comparison: (sort: readonly SortBy[]) => TieBreak
  /** Makes an order that may be wanted, in short pieces. */
  prepare: (field: string) => Generator<void, void> | undefined
  /** The slots whose reference names a record; `undefined` where all have to be gone through. */
  pointing: (field: string, target: string) => number[] | undefined
  /** Forgets sort keys taken from other tables. */
  forget: (fields: readonly string[]) => void
}

/** Of what points at more rows than this, going through all is as quick as sorting them. */
const fewPointing = 2000

/** One byte for every slot, in an array that grows. */
const createStates = () => {
  const held = { bytes: new Uint8Array(1024) }
  return {
    set: (slot: number, state: number) => {
      if (slot >= held.bytes.length) {
        const grown = new Uint8Array(held.bytes.length * 2)
        grown.set(held.bytes)
        held.bytes = grown
      }
      held.bytes[slot] = state
    },
    bytes: () => held.bytes,
  }
}

/** An empty table. */
export const createTable = (entity: AnyEntity, titleOf: TitleLookup): MemoryTable => {
  const rows: (AnyRow | undefined)[] = []
  const haystacks: string[] = []
  const titles: string[] = []
  const values = new Map<string, unknown[]>()
  const slots = new Map<string, number>()
  const states = createStates()
  const signatures = createSignatures()
  const pointers = indexedRefs(entity).map((field) => ({ field, ...createPointers() }))
  const state = { version: 0, isIdOrdered: true, lastId: '' }
  const haystackOf = createHaystack(entity)
  const compareIds: TieBreak = (a, b) => {
    const [left, right] = [rows[a]?.id ?? '', rows[b]?.id ?? '']
    return left < right ? -1 : left > right ? 1 : 0
  }
  const orders = createOrders({
    rows,
    keyOf: (field) => sortKeyOf(entity, field, titleOf),
    compareIds: () => (state.isIdOrdered ? undefined : compareIds),
  })

  const valuesOf = (field: string): unknown[] => {
    const known = values.get(field)
    if (known) return known
    const made = rows.map((row) => row?.[field])
    values.set(field, made)
    return made
  }
  // Filled while rows come in, when they are at hand anyway.
  for (const field of entity.list.filters) valuesOf(field)
  orders.keys(defaultSort(entity).field)

  const slotFor = (id: string): number => {
    const known = slots.get(id)
    if (known !== undefined) return known
    const slot = rows.length
    slots.set(id, slot)
    if (id < state.lastId) state.isIdOrdered = false
    else state.lastId = id
    return slot
  }

  const place = (slot: number, row: AnyRow | undefined) => {
    rows[slot] = row
    const haystack = row ? haystackOf(row) : ''
    haystacks[slot] = haystack
    signatures.set(slot, haystack)
    titles[slot] = row ? titleText(entity, row) : ''
    for (const [field, column] of values) column[slot] = row?.[field]
    for (const { field, set } of pointers) set(slot, row?.[field])
    const isLive = row?.deletedAt === null
    states.set(slot, row ? slotStates[isLive ? 'live' : 'deleted'] : slotStates.empty)
    orders.rekey(slot)
  }

  return {
    entity,
    version: () => state.version,
    put: (incoming) => {
      const wasOrdered = state.isIdOrdered
      const changed = new Set<number>()
      for (const row of incoming) {
        const slot = slotFor(row.id)
        place(slot, row)
        changed.add(slot)
      }
      // Orders broke ties by slot as long as slots stood in the order of ids.
      if (wasOrdered !== state.isIdOrdered) orders.clear()
      orders.touch(changed)
      state.version += 1
    },
    remove: (ids) => {
      const changed = new Set<number>()
      for (const id of ids) {
        const slot = slots.get(id)
        if (slot === undefined) continue
        place(slot, undefined)
        changed.add(slot)
      }
      orders.touch(changed)
      state.version += 1
    },
    get: (id) => rows[slots.get(id) ?? -1],
    at: (slot) => rows[slot],
    states: states.bytes,
    haystacks,
    mayHold: signatures.mayHold,
    titles,
    values: valuesOf,
    keys: orders.keys,
    order: orders.order,
    comparison: orders.comparison,
    prepare: orders.prepare,
    pointing: (field, target) =>
      pointers.find((each) => each.field === field)?.slotsOf(target, fewPointing),
    forget: (fields) => {
      if (orders.forget(fields)) state.version += 1
    },
  }
}
