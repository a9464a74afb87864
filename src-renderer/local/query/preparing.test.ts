import { expect, it } from 'vitest'
import { entityNamed } from '../../../shared/features'
import { createPreparing } from './preparing'
import type { MemoryTable } from './table'
import type { Tables } from './tables'

/** A clock that stands until nothing else is left to do, and goes to the next callback then. */
const aClock = () => {
  const due: { at: number; run: () => void }[] = []
  const state = { now: 0 }
  const passed = async () => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      due.sort((a, b) => a.at - b.at)
      const next = due.shift()
      if (!next) return
      state.now = next.at
      next.run()
    }
  }
  const time = {
    now: () => state.now,
    random: () => 0,
    after: (ms: number, run: () => void) => {
      const one = { at: state.now + ms, run }
      due.push(one)
      return () => void due.splice(due.indexOf(one), 1)
    },
  }
  return { time, passed }
}

/** Tables of so many rows, and which of their columns have been sorted. */
const someTables = (sizes: Record<string, number>) => {
  const sorted = new Set<string>()
  const tableOf = (name: string): Partial<MemoryTable> => ({
    entity: entityNamed(name) as MemoryTable['entity'],
    titles: Array.from({ length: sizes[name] ?? 0 }, () => ''),
    version: () => 1,
    prepare: (field) =>
      sorted.has(`${name}.${field}`)
        ? undefined
        : (function* () {
            yield
            sorted.add(`${name}.${field}`)
          })(),
  })
  const tables: Partial<Tables> = {
    isReady: (name) => name in sizes,
    current: (name) => Promise.resolve({ table: tableOf(name) } as never),
    namesFor: () => Promise.resolve(),
  }
  const { time, passed } = aClock()
  const preparing = createPreparing({
    tables: tables as Tables,
    entityNames: ['contact', 'lead', 'opportunity', 'account', 'activity'],
    time,
    onError: (cause) => {
      throw cause
    },
  })
  const isSorted = (name: string) =>
    entityNamed(name)?.list.columns.every((field) => sorted.has(`${name}.${field}`)) === true
  return { preparing, passed, sorted, isSorted }
}

it('prepares the columns of a list, then those of lists that may be opened next', async () => {
  const sizes = { contact: 100_000, lead: 20_000, opportunity: 4_000, activity: 300_000 }
  const { preparing, passed, sorted, isSorted } = someTables(sizes)
  preparing.listed('contact')
  await passed()
  expect(isSorted('contact') && isSorted('lead')).toBe(true)
  // Small ones need it not, large ones would take much memory, and others are not in memory at all.
  expect([...sorted].filter((name) => !/^(contact|lead)\./.test(name))).toEqual([])
})

it('prepares a large table once its own list is on screen', async () => {
  const { preparing, passed, isSorted } = someTables({ contact: 20_000, activity: 300_000 })
  preparing.listed('activity')
  await passed()
  expect(isSorted('activity') && isSorted('contact')).toBe(true)
})
