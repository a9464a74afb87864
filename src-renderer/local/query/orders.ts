/** The columns and sorted orders of one table: made when first asked for, repaired when rows change. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { SortKey } from '../sort-key'
import { type Column, compareBy, keepFlagged, mergeOrders, sortSlots, type TieBreak } from './order'
import { columnInPieces, orderInPieces } from './pieces'

export type SortBy = { field: string; descending: boolean }

type ToKey = (row: AnyRow) => SortKey

/** More changed rows than this and an order is made anew instead of repaired. */
const repairLimit = 5000
/** A list offers to sort by about ten columns. */
const keptOrders = 12

export type Orders = {
  order: (sort: readonly SortBy[]) => Uint32Array
  /** Compares two slots as `order` does. */
  comparison: (sort: readonly SortBy[]) => TieBreak
  /** Sort keys of a field by slot. */
  keys: (field: string) => readonly SortKey[]
  /**
   * Makes the ascending order of a field in short pieces, and gives up once rows change meanwhile;
   * `undefined` where it is there.
   */
  prepare: (field: string) => Generator<void, void> | undefined
  /** Takes the sort keys of a slot again from its row. */
  rekey: (slot: number) => void
  /** Slots changed: their places in the orders are no longer right. */
  touch: (changed: ReadonlySet<number>) => void
  clear: () => void
  /** Drops the keys of fields and the orders made from them; answers whether there were any. */
  forget: (fields: readonly string[]) => boolean
}

type OrdersInput = {
  rows: readonly (AnyRow | undefined)[]
  keyOf: (field: string) => ToKey
  /** Compares ids; `undefined` while slots stand in the order of ids. */
  compareIds: () => TieBreak | undefined
}

/** An order and the slots that changed since it was right: it is repaired when next asked for. */
type KeptOrder = { sort: readonly SortBy[]; order: Uint32Array; changed: Set<number> }

const bySlot: TieBreak = (a, b) => a - b

const nameOf = (sort: readonly SortBy[]): string =>
  sort.map(({ field, descending }) => (descending ? '-' : '') + field).join()

/** An order the other way round; what has no key comes last in either. */
const reversed = (order: Uint32Array, keys: Column): Uint32Array => {
  let keyed = order.length
  while (keyed > 0 && keys[order[keyed - 1] ?? 0] === null) keyed -= 1
  const other = new Uint32Array(order.length)
  other.set(order.slice(0, keyed).reverse())
  other.set(order.slice(keyed).reverse(), keyed)
  return other
}

export const createOrders = ({ rows, keyOf, compareIds }: OrdersInput): Orders => {
  const columns = new Map<string, { keys: Column; toKey: ToKey }>()
  const orders = new Map<string, KeptOrder>()
  /** Orders the other way round, by those that they were made from. */
  const turned = new WeakMap<Uint32Array, Uint32Array>()
  /** Counts up with every change of a row. */
  const state = { changes: 0 }

  const column = (field: string): Column => {
    const kept = columns.get(field)
    if (kept) return kept.keys
    const toKey = keyOf(field)
    const keys = rows.map((row) => (row ? toKey(row) : null))
    columns.set(field, { keys, toKey })
    return keys
  }

  const comparison = (sort: readonly SortBy[]): TieBreak => {
    const keys = sort.map(({ field, descending }) => ({ column: column(field), descending }))
    const tie = compareIds() ?? bySlot
    return compareBy(keys, sort.at(-1)?.descending ? (a, b) => tie(b, a) : tie)
  }

  const make = (sort: readonly SortBy[]): Uint32Array => {
    const slots = new Uint32Array(rows.length)
    let count = 0
    for (let slot = 0; slot < rows.length; slot += 1) if (rows[slot]) slots[count++] = slot
    const all = slots.subarray(0, count)
    const [only] = sort
    if (!only || sort.length > 1) return all.sort(comparison(sort))
    return sortSlots(all, { column: column(only.field), tie: compareIds() })
  }

  const repaired = ({ sort, order, changed }: KeptOrder): Uint32Array => {
    if (changed.size === 0) return order
    const isChanged = new Uint8Array(rows.length)
    for (const slot of changed) isChanged[slot] = 1
    const compare = comparison(sort)
    const newcomers = [...changed].filter((slot) => rows[slot] !== undefined).sort(compare)
    return mergeOrders(keepFlagged(order, isChanged, 0), newcomers, compare)
  }

  const keep = (sort: readonly SortBy[], order: Uint32Array): Uint32Array => {
    const name = nameOf(sort)
    orders.delete(name)
    orders.set(name, { sort, order, changed: new Set() })
    for (const old of [...orders.keys()].slice(0, -keptOrders)) orders.delete(old)
    return order
  }

  const orderOf = (sort: readonly SortBy[]): Uint32Array => {
    const kept = orders.get(nameOf(sort))
    return keep(sort, kept ? repaired(kept) : make(sort))
  }

  /** Both directions of a field are one order, so that those of all columns are kept. */
  const descending = (field: string): Uint32Array => {
    const ascending = orderOf([{ field, descending: false }])
    const known = turned.get(ascending)
    if (known) return known
    const other = reversed(ascending, column(field))
    turned.set(ascending, other)
    return other
  }

  function* inPieces(field: string): Generator<void, void> {
    const { changes } = state
    const isStale = () => changes !== state.changes
    if (!columns.has(field)) {
      const toKey = keyOf(field)
      const keys = yield* columnInPieces(rows, toKey, isStale)
      if (!keys) return
      columns.set(field, { keys, toKey })
    }
    const sort = [{ field, descending: false }]
    const input = { column: column(field), tie: compareIds() }
    const order = yield* orderInPieces({ rows, input, compare: comparison(sort), isStale })
    if (order) keep(sort, order)
  }

  return {
    keys: column,
    comparison,
    order: (sort) => {
      const [only, ...more] = sort
      return only?.descending && more.length === 0 ? descending(only.field) : orderOf(sort)
    },
    prepare: (field) =>
      orders.has(nameOf([{ field, descending: false }])) ? undefined : inPieces(field),
    rekey: (slot) => {
      state.changes += 1
      const row = rows[slot]
      for (const { keys, toKey } of columns.values()) keys[slot] = row ? toKey(row) : null
    },
    touch: (changed) => {
      for (const [key, kept] of orders) {
        for (const slot of changed) kept.changed.add(slot)
        if (kept.changed.size > repairLimit) orders.delete(key)
      }
    },
    clear: () => orders.clear(),
    forget: (fields) => {
      state.changes += 1
      const known = fields.filter((field) => columns.delete(field))
      for (const [key, { sort }] of orders)
        if (sort.some((by) => known.includes(by.field))) orders.delete(key)
      return known.length > 0
    },
  }
}
