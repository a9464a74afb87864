/**
 * The tables in memory, filled when first needed and kept up to date: whoever writes marks ids as
 * touched, and the next query reads them again from IndexedDB, which alone holds the truth.
 */
import { entities, entityNamed } from '../../../shared/features'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import type { Database } from '../database'
import { addTo } from '../grouped'
import { isIntact, type StoredRow } from '../stored'
import { createCompactor, loadRows } from './load'
import { createSelector, type Selector } from './select'
import { createTable, type MemoryTable } from './table'

/** Ids of changed rows by entity; `all` where they are too many to name. */
export type Changes = { [entity: string]: string[] | 'all' }

/** Two sets of changes as one. */
export const togetherWith = (a: Changes, b: Changes): Changes => {
  const both: Changes = { ...a }
  for (const [entity, ids] of Object.entries(b)) {
    const before = both[entity] ?? []
    both[entity] = before === 'all' || ids === 'all' ? 'all' : [...before, ...ids]
  }
  return both
}

type Kept = {
  table: MemoryTable
  select: Selector
  touched: Set<string>
  isStale: boolean
  isReady: boolean
  /** Rows are being read that may be older than what is stored meanwhile. */
  isReading: boolean
  /** Whatever reads rows into the table goes one after the other. */
  work: Promise<void>
  /** Versions of other tables that sort keys were taken from. */
  seen: Map<string, number>
}

/** Rows as they have just been stored, by entity. */
export type FreshRows = ReadonlyMap<string, readonly StoredRow[]>

export type Tables = {
  /** Whether an entity's table answers without reading everything first. */
  isReady: (entity: string) => boolean
  /** The table, complete and up to date. */
  current: (entity: string) => Promise<{ table: MemoryTable; select: Selector }>
  /** Sorting by a reference goes by the names of what is pointed at: reads them, where it is one. */
  namesFor: (entity: AnyEntity, field: string) => Promise<void>
  /** Notes what changed; `fresh` are those rows as they are stored now, where that is known. */
  touch: (changes: Changes, fresh?: FreshRows) => void
}

const chunkOfTouched = 2000

export const createTables = (
  database: Database,
  onDamaged: (entity: string, ids: string[]) => Promise<void>,
): Tables => {
  const kept = new Map<string, Kept>()

  const titleIn = (entity: string, id: string): string | undefined => {
    const table = kept.get(entity)?.table
    const row = table?.get(id)
    return table && row ? rankedTitle(table.entity, row) : undefined
  }

  const empty = (entity: AnyEntity): Pick<Kept, 'table' | 'select'> => {
    const table = createTable(entity, titleIn)
    return { table, select: createSelector(table) }
  }

  const keptFor = (name: string): Kept => {
    const known = kept.get(name)
    if (known) return known
    const entity = entityNamed(name)
    if (!entity) throw new RangeError(`There is no entity ${name}`)
    const made: Kept = {
      ...empty(entity),
      touched: new Set(),
      isStale: true,
      isReady: false,
      isReading: false,
      work: Promise.resolve(),
      seen: new Map(),
    }
    kept.set(name, made)
    return made
  }

  const load = async (entry: Kept) => {
    entry.isStale = false
    const { entity } = entry.table
    const next = empty(entity)
    const damaged = await loadRows(database, entity, (rows) => next.table.put(rows))
    if (damaged.length > 0) await onDamaged(entity.name, damaged)
    Object.assign(entry, next, { isReady: true })
  }

  const readTouched = async (entry: Kept) => {
    const ids = [...entry.touched].slice(0, chunkOfTouched)
    for (const id of ids) entry.touched.delete(id)
    const { entity } = entry.table
    const rows = await database.rows(entity.name).bulkGet(ids)
    const compact = createCompactor(entity)
    const intact = rows.filter(isIntact)
    entry.table.put(intact.map(compact))
    const found = new Set(intact.map((row) => row.id))
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length > 0) entry.table.remove(missing)
  }

  const settle = async (entry: Kept) => {
    entry.isReading = true
    try {
      while (entry.isStale || entry.touched.size > 0)
        await (entry.isStale ? load(entry) : readTouched(entry))
    } finally {
      entry.isReading = false
    }
  }

  /**
   * Takes rows without reading them back: a copy that is filled would read everything twice. What was
   * touched before stays so, and is read again.
   */
  const takeFresh = (entry: Kept, rows: readonly StoredRow[]): ReadonlySet<string> => {
    if (!entry.isReady || entry.isReading) return new Set()
    entry.table.put(rows.map(createCompactor(entry.table.entity)))
    return new Set(rows.map(({ id }) => id))
  }

  const forgetForeign = (entry: Kept, name: string, fields: string[]) => {
    const version = kept.get(name)?.table.version() ?? 0
    if (entry.seen.get(name) === version) return
    entry.table.forget(fields)
    // Read again: where an entity points at itself, forgetting has changed the very version.
    entry.seen.set(name, kept.get(name)?.table.version() ?? 0)
  }

  const current = async (name: string) => {
    const entry = keptFor(name)
    entry.work = entry.work.catch(() => undefined).then(() => settle(entry))
    await entry.work
    return entry
  }

  return {
    isReady: (entity) => kept.get(entity)?.isReady === true,
    current: async (name) => {
      const entry = await current(name)
      for (const [target, fields] of foreignFields(entry.table.entity))
        forgetForeign(entry, target, fields)
      return entry
    },
    namesFor: async (entity, field) => {
      const target = fieldOf(entity, field)?.target
      if (target !== undefined && target !== entity.name) await current(target)
    },
    touch: (changes, fresh) => {
      for (const [name, ids] of Object.entries(changes)) {
        const entry = kept.get(name)
        if (!entry) continue
        const taken = takeFresh(entry, fresh?.get(name) ?? [])
        if (ids === 'all') entry.isStale = true
        else for (const id of ids) if (!taken.has(id)) entry.touched.add(id)
      }
    },
  }
}

/** Records of some entities have an order of their own, which lists that point at them follow. */
const rankedTitle = (entity: AnyEntity, row: AnyRow): string => {
  const rank = entity.rankField === undefined ? undefined : Number(row[entity.rankField] ?? 0)
  return rank === undefined ? titleOf(entity, row) : String(rank).padStart(6, '0')
}

/** The fields whose sort keys are names of other records, by the entity pointed at. */
const foreignFields = (entity: AnyEntity): Map<string, string[]> => {
  const fields = new Map<string, string[]>()
  for (const [name, { target }] of Object.entries(entity.fields))
    if (target !== undefined && target in entities) addTo(fields, target, name)
  return fields
}
