import { expect, it, vi } from 'vitest'
import { entityNamed } from '../../../shared/features'
import { createPreparing } from './preparing'
import type { MemoryTable } from './table'
import type { Tables } from './tables'

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
  const time = {
    now: Date.now,
    random: Math.random,
    after: (_ms: number, run: () => void) => {
      const timer = setTimeout(run)
      return () => clearTimeout(timer)
    },
  }
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
  return { preparing, sorted, isSorted }
}

it('prepares the columns of a list, then those of lists that may be opened next', async () => {
  const sizes = { contact: 100_000, lead: 20_000, opportunity: 4_000, activity: 300_000 }
  const { preparing, sorted, isSorted } = someTables(sizes)
  preparing.listed('contact')
  await vi.waitFor(() => expect(isSorted('contact') && isSorted('lead')).toBe(true))
  // Small ones need it not, large ones would take much memory, and others are not in memory at all.
  expect([...sorted].filter((name) => !/^(contact|lead)\./.test(name))).toEqual([])
})

it('prepares a large table once its own list is on screen', async () => {
  const { preparing, isSorted } = someTables({ contact: 20_000, activity: 300_000 })
  preparing.listed('activity')
  await vi.waitFor(() => expect(isSorted('activity') && isSorted('contact')).toBe(true))
})
