/** Counts and sums over a table in memory, grouped: boards, charts, dashboards. */
import type { AggregateGroup, AggregateQuery } from '../api'
import { normalise } from '../normalise'
import { matching } from './select'
import type { MemoryTable } from './table'
import { searchWords } from './words'

type Key = string | null

const partLength = { value: undefined, month: 7, day: 10 } as const

type Grouping = AggregateQuery['groupBy'][number]

/** The keys of a slot under one grouping; a set has one for each element. */
const keysOf = (value: unknown, by: Grouping['by']): Key[] => {
  if (Array.isArray(value)) return value.length > 0 ? value.map(String) : [null]
  if (value === null || value === undefined || value === '') return [null]
  return [String(value).slice(0, partLength[by ?? 'value'])]
}

const combine = (left: readonly Key[][], right: readonly Key[]): Key[][] =>
  left.flatMap((keys) => right.map((key) => [...keys, key]))

const numberAt = (column: readonly unknown[] | undefined, slot: number): number => {
  const value = column?.[slot]
  return typeof value === 'number' ? value : 0
}

type Sum = {
  name: string
  amounts: readonly unknown[]
  percents: readonly unknown[] | undefined
}

const amountAt = ({ amounts, percents }: Sum, slot: number): number => {
  const amount = numberAt(amounts, slot)
  return percents ? Math.round((amount * numberAt(percents, slot)) / 100) : amount
}

/** Groups the live rows that match; groups appear in the order of the first of their rows. */
export const aggregate = (table: MemoryTable, query: AggregateQuery): AggregateGroup[] => {
  const words = searchWords(normalise(query.search ?? '').trimStart())
  const matches = matching(table, query, words)
  const groupings = query.groupBy.map(({ field, by }) => ({ by, column: table.values(field) }))
  const sums = (query.sums ?? []).map(
    ({ name, field, percentField }): Sum => ({
      name,
      amounts: table.values(field),
      percents: percentField === undefined ? undefined : table.values(percentField),
    }),
  )
  const groups = new Map<string, AggregateGroup>()
  const visit = (slot: number) => {
    if (matches[slot] !== 1) return
    const all = groupings.reduce<Key[][]>(
      (keys, { by, column }) => combine(keys, keysOf(column[slot], by)),
      [[]],
    )
    for (const keys of all) addTo(groups, keys, { slot, sums })
  }
  if (query.sort) for (const slot of table.order(query.sort)) visit(slot)
  else for (let slot = 0; slot < matches.length; slot += 1) visit(slot)
  return [...groups.values()]
}

const addTo = (
  groups: Map<string, AggregateGroup>,
  keys: Key[],
  { slot, sums }: { slot: number; sums: readonly Sum[] },
): void => {
  const id = JSON.stringify(keys)
  const known = groups.get(id)
  const group = known ?? {
    keys,
    count: 0,
    sums: Object.fromEntries(sums.map(({ name }) => [name, 0])),
  }
  if (!known) groups.set(id, group)
  group.count += 1
  for (const sum of sums) group.sums[sum.name] = (group.sums[sum.name] ?? 0) + amountAt(sum, slot)
}
