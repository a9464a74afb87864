/**
 * Answers the store's reading calls: from memory once a table is there, before that from IndexedDB
 * where an index can give the answer at once.
 */
import { entityNamed } from '../../../shared/features'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import type { AggregateGroup, AggregateQuery, ListQuery, ListResult, SearchHit } from '../api'
import { type Database, indexedRefs } from '../database'
import type { Time } from '../platform'
import { toRow } from '../record'
import { defaultSort } from '../sort-key'
import { isIntact, type StoredRow } from '../stored'
import { aggregate } from './aggregate'
import { createCompactor } from './load'
import { createPreparing } from './preparing'
import { rankHits } from './rank'
import { createSelector } from './select'
import { createTable } from './table'
import type { Tables } from './tables'

export type Queries = {
  /** Ends what goes on behind the answers. */
  stop: () => void
  list: (query: ListQuery) => Promise<ListResult>
  aggregate: (query: AggregateQuery) => Promise<AggregateGroup[]>
  get: (entity: string, id: string) => Promise<AnyRow | null>
  getMany: (entity: string, ids: readonly string[]) => Promise<AnyRow[]>
  search: (text: string, limit: number) => Promise<SearchHit[]>
}

const known = (name: string): AnyEntity => {
  const entity = entityNamed(name)
  if (!entity) throw new RangeError(`There is no entity ${name}`)
  return entity
}

// Rows in memory carry what is stored beside them; what leaves the worker does not.
const outgoing = (row: AnyRow): AnyRow => toRow(row as StoredRow)

export type QueryDeps = {
  database: Database
  tables: Tables
  entityNames: readonly string[]
  /** Fetches records that are not here, where this copy does not hold everything. */
  missing: (entity: string, ids: readonly string[]) => Promise<void>
  time: Time
  /** Something went wrong that nobody waits for. */
  onError: (cause: unknown) => void
}

export const createQueries = ({
  database,
  tables,
  entityNames,
  missing,
  time,
  onError,
}: QueryDeps): Queries => {
  const preparing = createPreparing({ tables, entityNames, time, onError })

  const namesFor = async (entity: AnyEntity, sort: ListQuery['sort']) => {
    for (const { field } of sort ?? []) await tables.namesFor(entity, field)
  }

  const list = async (query: ListQuery): Promise<ListResult> => {
    preparing.asked()
    const result = await listAlone(query)
    if (!query.naming) return result
    preparing.listed(query.entity)
    const named: AnyRow[] = []
    for (const [target, ids] of namedBy(known(query.entity), query.naming, result.rows))
      named.push(...(await held(target, [...ids])))
    return { ...result, named }
  }

  const listAlone = async (query: ListQuery): Promise<ListResult> => {
    const entity = known(query.entity)
    if (!tables.isReady(entity.name)) {
      const early = await earlyAnswer(database, entity, query)
      if (early) {
        // What is asked first is asked again with other words: the table is wanted soon.
        tables.current(entity.name).catch(() => undefined)
        return early
      }
    }
    await namesFor(entity, query.sort)
    const { select } = await tables.current(entity.name)
    const { rows, total } = select(query)
    return { rows: rows.map(outgoing), total }
  }

  const held = async (name: string, ids: readonly string[]): Promise<AnyRow[]> => {
    const entity = known(name)
    if (!tables.isReady(entity.name)) {
      const rows = await database.rows(entity.name).bulkGet(ids)
      return rows.filter(isIntact).map(toRow)
    }
    const { table } = await tables.current(name)
    return ids
      .map((id) => table.get(id))
      .filter((row) => row !== undefined)
      .map(outgoing)
  }

  return {
    stop: preparing.stop,
    list,
    aggregate: async (query) => {
      preparing.asked()
      const entity = known(query.entity)
      await namesFor(entity, query.sort)
      return aggregate((await tables.current(entity.name)).table, query)
    },
    getMany: async (name, ids) => {
      const rows = await held(name, ids)
      const found = new Set(rows.map(({ id }) => id))
      const absent = ids.filter((id) => !found.has(id))
      // Nobody waits: whoever asked is told of what comes as of any other change.
      if (absent.length > 0) missing(name, absent).catch(onError)
      return rows
    },
    get: async (name, id) => {
      const [row] = await held(name, [id])
      if (row) return row
      await missing(name, [id])
      return (await held(name, [id]))[0] ?? null
    },
    search: async (text, limit) => {
      const findable = entityNames.filter((name) => !known(name).isInternal)
      const all = await Promise.all(findable.map((name) => tables.current(name)))
      return rankHits(
        all.map(({ table }) => table),
        text,
        limit,
      ).map(({ entity, row }) => ({ entity, row: outgoing(row) }))
    },
  }
}

/** The ids that fields of rows refer to, by entity. */
const namedBy = (
  entity: AnyEntity,
  fields: readonly string[],
  rows: readonly AnyRow[],
): Map<string, Set<string>> => {
  const named = new Map<string, Set<string>>()
  for (const name of fields) {
    const target = fieldOf(entity, name)?.target
    if (target === undefined) continue
    const ids = named.get(target) ?? new Set()
    named.set(target, ids)
    for (const { [name]: value } of rows)
      for (const id of Array.isArray(value) ? value : [value])
        if (typeof id === 'string') ids.add(id)
  }
  return named
}

/** An answer that indexes give without the table; `undefined` where they cannot. */
const earlyAnswer = (
  database: Database,
  entity: AnyEntity,
  query: ListQuery,
): Promise<ListResult | undefined> => {
  if (query.deleted || (query.search ?? '').trim() !== '') return Promise.resolve(undefined)
  return (query.where ?? []).length === 0
    ? firstPage(database, entity, query)
    : pointingHere(database, entity, query)
}

/** The first rows of the default order, straight from its index. */
const firstPage = async (
  database: Database,
  entity: AnyEntity,
  query: ListQuery,
): Promise<ListResult | undefined> => {
  const own = defaultSort(entity)
  const [sort = own, ...more] = query.sort ?? []
  const end = (query.offset ?? 0) + (query.limit ?? Number.POSITIVE_INFINITY)
  const isNamed = fieldOf(entity, own.field)?.target !== undefined
  if (more.length > 0 || sort.field !== own.field || end > 500 || isNamed) return undefined
  const page = await database.rows(entity.name).first(end, sort.descending === true)
  return page && { rows: page.rows.slice(query.offset ?? 0).map(toRow), total: page.total }
}

/** Rows found by an indexed reference, such as the contacts of an account. */
const pointingHere = async (
  database: Database,
  entity: AnyEntity,
  query: ListQuery,
): Promise<ListResult | undefined> => {
  const refs = indexedRefs(entity)
  const by = (query.where ?? []).find(
    ({ field, operator, value }) =>
      operator === 'eq' && typeof value === 'string' && refs.includes(field),
  )
  const sortsByName = (query.sort ?? []).some(({ field }) => fieldOf(entity, field)?.target)
  if (!by || sortsByName) return undefined
  const rows = await database.rows(entity.name).pointing(by.field, String(by.value))
  const table = createTable(entity, () => undefined)
  table.put(rows.filter(isIntact).map(createCompactor(entity)))
  const result = createSelector(table)(query)
  return { rows: result.rows.map(outgoing), total: result.total }
}
