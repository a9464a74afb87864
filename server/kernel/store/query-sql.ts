/** List requests as SQL over the JSON rows. */
import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Sight } from '../../../shared/kernel/access'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { record } from '../../db/schema'
import type { FilterCondition, RecordQuery } from '../ports'

type SortKey = RecordQuery['sort'][number]

/** The SQL of a field of the row; text compares without case. Names come from the registry only. */
export const fieldSql = (entity: AnyEntity, name: string): SQL => {
  if (name === 'id') return sql`${record.id}`
  if (name !== 'updatedAt' && !fieldOf(entity, name)) throw new RangeError(`no field ${name}`)
  return sql.raw(`json_extract("record"."row", '$.${name}')`)
}

const bindable = (value: unknown): unknown =>
  typeof value === 'boolean' ? (value ? 1 : 0) : (value ?? null)

const isSet = (entity: AnyEntity, name: string): boolean => fieldOf(entity, name)?.kind === 'tags'

const anyElement = (column: SQL, condition: SQL): SQL =>
  sql`exists (select 1 from json_each(${column}) as element where ${condition})`

const listOf = (values: readonly unknown[]): SQL =>
  sql`(${sql.join(
    values.map((value) => sql`${bindable(value)}`),
    sql`, `,
  )})`

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`)

const scalar = {
  eq: (column, value) => sql`${column} = ${bindable(value)} collate nocase`,
  ne: (column, value) => sql`${column} is not ${bindable(value)} collate nocase`,
  gt: (column, value) => sql`${column} > ${bindable(value)}`,
  gte: (column, value) => sql`${column} >= ${bindable(value)}`,
  lt: (column, value) => sql`${column} < ${bindable(value)}`,
  lte: (column, value) => sql`${column} <= ${bindable(value)}`,
  in: (column, value) =>
    sql`${column} collate nocase in ${listOf(Array.isArray(value) ? value : [value])}`,
  contains: (column, value) => sql`${column} like ${`%${escapeLike(String(value))}%`} escape '\\'`,
  is_null: (column, value) => (value ? sql`${column} is null` : sql`${column} is not null`),
} as const satisfies Record<FilterCondition['operator'], (column: SQL, value: unknown) => SQL>

const setCondition = (column: SQL, { operator, value }: FilterCondition): SQL => {
  if (operator === 'is_null') return scalar.is_null(column, value)
  const wanted = Array.isArray(value) ? value : [value]
  const has = anyElement(column, sql`element.value in ${listOf(wanted)}`)
  return operator === 'ne' ? sql`not ${has}` : has
}

/** One condition; an empty flag is stored as absent, so `false` matches that too. */
const conditionSql = (entity: AnyEntity, condition: FilterCondition): SQL => {
  const column = fieldSql(entity, condition.field)
  if (isSet(entity, condition.field)) return setCondition(column, condition)
  return scalar[condition.operator](column, condition.value)
}

/** Everything a list request restricts, but for the cursor. */
export const whereSql = (workspaceId: string, query: RecordQuery): SQL | undefined =>
  and(
    eq(record.workspaceId, workspaceId),
    // Inlined rather than bound, so that the partial indexes on single fields can serve.
    sql`${record.entity} = ${sql.raw(`'${query.entity.name}'`)}`,
    sql`${record.deleted} = ${sql.raw(query.deleted ? '1' : '0')}`,
    ...query.where.map((condition) => conditionSql(query.entity, condition)),
    query.search === undefined ? undefined : searchSql(query.search),
    query.sight === undefined ? undefined : sightSql(query.entity, query.sight),
  )

/** What `isInSight` says of a row, as a condition. */
const sightSql = (entity: AnyEntity, sight: Sight): SQL | undefined => {
  const { owners, closedRefs, openBy, withUnowned, userId } = sight
  if (owners === 'anybody' && closedRefs.length === 0) return undefined
  const column = (name: string): SQL => (fieldOf(entity, name) ? fieldSql(entity, name) : sql`null`)
  const holder = sql`coalesce(${column('ownerId')}, ${column('createdBy')})`
  const isWide = or(
    owners === 'anybody' ? sql`1` : sql`${holder} in ${listOf(owners)}`,
    withUnowned ? sql`${holder} is null` : undefined,
    openBy === undefined ? undefined : sql`${column(openBy)} = 1`,
  )
  const isFree = closedRefs.map((name) => sql`${column(name)} is null`)
  return or(sql`${holder} = ${userId}`, and(...isFree, isWide))
}

/** Every word of the text, by prefix; nothing searchable matches nothing. */
const searchSql = (text: string): SQL => {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0) return sql`0`
  const match = words.map((word) => `"${word}"*`).join(' ')
  return sql`${record.key} in (select rowid from record_words where record_words match ${match})`
}

/** Sort keys with the id as the last one, so that the order is total. */
export const totalOrder = (sort: readonly SortKey[]): SortKey[] =>
  sort.some(({ field }) => field === 'id')
    ? [...sort]
    : [...sort, { field: 'id', descending: false }]

/** `order by` terms; empty values come last in both directions. */
export const orderSql = (entity: AnyEntity, sort: readonly SortKey[]): SQL[] =>
  totalOrder(sort).map(({ field, descending }) => {
    const column = fieldSql(entity, field)
    return descending
      ? sql`${column} collate nocase desc nulls last`
      : sql`${column} collate nocase asc nulls last`
  })

/** Rows behind the one whose sort values are given (keyset paging). */
export const behindSql = (
  entity: AnyEntity,
  sort: readonly SortKey[],
  values: readonly unknown[],
): SQL => {
  const keys = totalOrder(sort)
  const alternatives = keys.flatMap(({ field, descending }, index) => {
    const value = values[index] ?? null
    if (value === null) return []
    const column = sql`${fieldSql(entity, field)} collate nocase`
    const beyond = descending
      ? sql`(${column} < ${bindable(value)} or ${column} is null)`
      : sql`(${column} > ${bindable(value)} or ${column} is null)`
    const equalBefore = keys.slice(0, index).map((key, position) => {
      const before = values[position] ?? null
      const other = sql`${fieldSql(entity, key.field)} collate nocase`
      return before === null ? sql`${other} is null` : sql`${other} = ${bindable(before)}`
    })
    return [sql`(${sql.join([...equalBefore, beyond], sql` and `)})`]
  })
  return alternatives.length === 0 ? sql`0` : sql`(${sql.join(alternatives, sql` or `)})`
}
