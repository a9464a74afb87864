/** The columns and sorted orders of one table: made when first asked for, repaired when rows change. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { SortKey } from '../sort-key'
import { type Column, compareBy, keepFlagged, mergeOrders, sortSlots, type TieBreak } from './order'

export type SortBy = { field: string; descending: boolean }

type ToKey = (row: AnyRow) => SortKey

/** More changed rows than this and an order is made anew instead of repaired. */
const repairLimit = 5000
const keptOrders = 12

export type Orders = {
  order: (sort: readonly SortBy[]) => Uint32Array
  /** Compares two slots as `order` does. */
  comparison: (sort: readonly SortBy[]) => TieBreak
  /** Sort keys of a field by slot. */
  keys: (field: string) => readonly SortKey[]
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

export const createOrders = ({ rows, keyOf, compareIds }: OrdersInput): Orders => {
  const columns = new Map<string, { keys: Column; toKey: ToKey }>()
  const orders = new Map<string, KeptOrder>()

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
    return sortSlots(all, { column: column(only.field), tie: compareIds() }, only.descending)
  }

  const repaired = ({ sort, order, changed }: KeptOrder): Uint32Array => {
    if (changed.size === 0) return order
    const isChanged = new Uint8Array(rows.length)
    for (const slot of changed) isChanged[slot] = 1
    const compare = comparison(sort)
    const newcomers = [...changed].filter((slot) => rows[slot] !== undefined).sort(compare)
    return mergeOrders(keepFlagged(order, isChanged, 0), newcomers, compare)
  }

  return {
    keys: column,
    comparison,
    order: (sort) => {
      const key = JSON.stringify(sort)
      const kept = orders.get(key)
      const order = kept ? repaired(kept) : make(sort)
      orders.delete(key)
      orders.set(key, { sort, order, changed: new Set() })
      for (const old of [...orders.keys()].slice(0, -keptOrders)) orders.delete(old)
      return order
    },
    rekey: (slot) => {
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
      const known = fields.filter((field) => columns.delete(field))
      for (const [key, { sort }] of orders)
        if (sort.some((by) => known.includes(by.field))) orders.delete(key)
      return known.length > 0
    },
  }
}
