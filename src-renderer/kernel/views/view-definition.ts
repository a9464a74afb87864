/** What a saved view keeps of a list, and how it goes into the address and back. */
import { z } from 'zod'
import type { AnyRow } from '../../../shared/kernel/entity'
import { type ListSearch, listSearchSchema } from '../list/list-state'
import type { ColumnState } from '../list/use-columns'

const definitionSchema = z.object({
  search: listSearchSchema.catch({}),
  columns: z
    .object({ names: z.array(z.string()), widths: z.record(z.string(), z.number()) })
    .optional()
    .catch(undefined),
})

export type ViewDefinition = { search: ListSearch; columns?: ColumnState | undefined }

const withoutView = ({ view: _, ...search }: ListSearch): ListSearch => search

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text))
  } catch {
    // A definition of another version or hand: the view then shows everything.
    return {}
  }
}

/** Reads a saved view; what cannot be understood is left out. */
export const definitionOf = (row: AnyRow): ViewDefinition => {
  const found = definitionSchema.safeParse(parsed(row.definition))
  return found.success ? found.data : { search: {} }
}

/** The text that a view keeps. */
export const formatDefinition = ({ search, columns }: ViewDefinition): string =>
  JSON.stringify({ search: withoutView(search), ...(columns ? { columns } : {}) })

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}

/** Whether two lists would show the same. */
export const isSameDefinition = (a: ViewDefinition, b: ViewDefinition): boolean =>
  JSON.stringify(sorted([withoutView(a.search), a.columns ?? null])) ===
  JSON.stringify(sorted([withoutView(b.search), b.columns ?? null]))
