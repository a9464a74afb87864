/** Reads a whole table from IndexedDB in chunks, compactly: equal short values are kept once. */
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { Database } from '../database'
import { beginning } from '../rows/rows'
import { isIntact, type StoredRow } from '../stored'

/** Between chunks the worker answers whatever else is asked, so they are short: about 10 ms each. */
const chunkSize = 500

const nothing = Object.freeze([])
const noEntries = Object.freeze({})

/** Makes a function that drops what memory need not hold and shares equal values between rows. */
export const createCompactor = (entity: AnyEntity): ((row: StoredRow) => StoredRow) => {
  const shared = new Map<string, string>()
  const fields = Object.entries(entity.fields)
  const repeated = fields
    .filter(([, { kind }]) => kind === 'choice' || kind === 'ref')
    .map(([name]) => name)
  const lists = fields
    .filter(([, { kind }]) => kind === 'list' || kind === 'tags' || kind === 'map')
    .map(([name]) => name)
  const share = (value: string): string => {
    const known = shared.get(value)
    if (known !== undefined) return known
    shared.set(value, value)
    return value
  }
  return (row) => {
    const values: { [field: string]: unknown } = row
    row.$state = undefined
    for (const name of repeated) {
      const value = values[name]
      if (typeof value === 'string') values[name] = share(value)
    }
    for (const name of lists) {
      const value = values[name]
      if (Array.isArray(value) && value.length === 0) values[name] = nothing
      else if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
        values[name] = noEntries
    }
    return row
  }
}

/** Calls back with every chunk of rows; answers the ids of damaged ones. */
export const loadRows = async (
  database: Database,
  entity: AnyEntity,
  onChunk: (rows: StoredRow[]) => void,
): Promise<string[]> => {
  const stored = database.rows(entity.name)
  const compact = createCompactor(entity)
  const damaged = new Set<string>()
  let next = await stored.afterAll(beginning, chunkSize)
  for (; next; next = await stored.afterAll(next.place, chunkSize)) {
    const rows = next.rows.filter(isIntact)
    // One that was mended lies loose, and comes behind the block that still holds it as it was.
    if (damaged.size > 0) for (const { id } of rows) damaged.delete(id)
    if (rows.length < next.rows.length)
      for (const row of next.rows) if (!isIntact(row)) damaged.add(idOf(row))
    onChunk(rows.map(compact))
  }
  return [...damaged]
}

const idOf = (row: unknown): string => String((row as Partial<StoredRow>).id)
