/** Runs a list query over a table in memory; repeated and narrowing queries start from an earlier result. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ListQuery, ListResult } from '../api'
import { normalise } from '../normalise'
import { defaultSort } from '../sort-key'
import { testOf } from './conditions'
import { keepFlagged } from './order'
import { type MemoryTable, slotStates } from './table'
import { hasWords, searchWords, type Word } from './words'

type Selection = { version: number; search: string; isPlain: boolean; slots: Uint32Array }

const keptSelections = 8

const keyOf = ({ where = [], sort = [], deleted = false }: ListQuery): string =>
  JSON.stringify([where, sort, deleted])

export type Selector = (query: ListQuery) => ListResult

/** A selector over a table; it remembers the latest results for paging and typing. */
export const createSelector = (table: MemoryTable): Selector => {
  const kept = new Map<string, Selection>()

  const remember = (key: string, selection: Selection): Selection => {
    kept.delete(key)
    kept.set(key, selection)
    for (const old of [...kept.keys()].slice(0, -keptSelections)) kept.delete(old)
    return selection
  }

  /** What the same query lets through without its last condition, if that was asked before. */
  const wider = ({ where = [], ...query }: ListQuery, search: string): Selection | undefined => {
    // What points at one record is found quicker by that.
    if (where.length === 0 || pointing(table, where)) return undefined
    const found = kept.get(keyOf({ ...query, where: where.slice(0, -1) }))
    return found?.version === table.version() && found.search === search ? found : undefined
  }

  const select = (query: ListQuery): Selection => {
    const search = normalise(query.search ?? '').trimStart()
    const key = keyOf(query)
    const last = kept.get(key)
    const isFresh = last?.version === table.version()
    if (last && isFresh && last.search === search) return last
    const words = searchWords(search)
    // A number has more spellings the longer it is typed: what it matches does not only shrink.
    const isPlain = words.every((word) => word.length === 1 && !/^\d+$/.test(word[0]))
    const { haystacks } = table
    const isNarrower = last?.isPlain && isPlain && isFresh && search.startsWith(last.search)
    const all = isNarrower ? undefined : wider(query, search)
    const slots = isNarrower
      ? last.slots.filter((slot) => hasWords(haystacks[slot] ?? '', words))
      : (all?.slots.filter(testIn(table, query, [])) ?? sorted(table, query, words))
    return remember(key, { version: table.version(), search, isPlain, slots })
  }

  return (query) => {
    const { slots } = select(query)
    const start = query.offset ?? 0
    const rows = [...slots.subarray(start, start + (query.limit ?? slots.length))]
      .map((slot) => table.at(slot))
      .filter((row): row is AnyRow => row !== undefined)
    return { rows, total: slots.length }
  }
}

/** The slots that match in the order wanted; a few are sorted, of many the whole order is filtered. */
const sorted = (table: MemoryTable, query: ListQuery, words: readonly Word[]): Uint32Array => {
  const sort = sortOf(table, query)
  const few = pointing(table, query.where)
  return few
    ? Uint32Array.from(few.filter(testIn(table, query, words))).sort(table.comparison(sort))
    : keepFlagged(table.order(sort), matching(table, query, words), 1)
}

/** The slots among which all matches are, where one of the conditions names the record pointed at. */
const pointing = (table: MemoryTable, where: ListQuery['where'] = []): number[] | undefined => {
  for (const { field, operator, value } of where) {
    if (operator !== 'eq' || typeof value !== 'string') continue
    const slots = table.pointing(field, value)
    if (slots) return slots
  }
  return undefined
}

type Filter = Pick<ListQuery, 'where' | 'deleted'>

/** Whether a slot matches. */
const testIn = (
  table: MemoryTable,
  query: Filter,
  words: readonly Word[],
): ((slot: number) => boolean) => {
  const states = table.states()
  const wanted = query.deleted ? slotStates.deleted : slotStates.live
  const tests = (query.where ?? []).map((condition) => {
    const { field, isNormalised, holds } = testOf(table.entity, condition)
    return { column: isNormalised ? table.keys(field) : table.values(field), holds }
  })
  const { haystacks } = table
  const mayHold = table.mayHold(words)
  return (slot) => {
    if (states[slot] !== wanted || !mayHold(slot)) return false
    if (words.length > 0 && !hasWords(haystacks[slot] ?? '', words)) return false
    for (const { column, holds } of tests) if (!holds(column[slot])) return false
    return true
  }
}

/** Which slots match, one byte each. Goes by slots, as memory lies; only then by the order wanted. */
export const matching = (table: MemoryTable, query: Filter, words: readonly Word[]): Uint8Array => {
  const test = testIn(table, query, words)
  const matches = new Uint8Array(table.haystacks.length)
  const mark = (slot: number) => {
    if (test(slot)) matches[slot] = 1
  }
  const few = pointing(table, query.where)
  if (few) few.forEach(mark)
  else for (let slot = 0; slot < matches.length; slot += 1) mark(slot)
  return matches
}

/** The sort of a query, or the entity's own. */
const sortOf = (table: MemoryTable, query: ListQuery) =>
  query.sort && query.sort.length > 0 ? query.sort : [defaultSort(table.entity)]
