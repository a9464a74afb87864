/** Query strings of lists: `FIELD=value`, `FIELD[op]=value`, sort, paging. */
import type { Context } from 'hono'
import { type AnyEntity, fieldOf, systemFields } from '../../shared/kernel/entity'
import type { AnyField, FieldKind } from '../../shared/kernel/field'
import { majorToMinor } from '../../shared/kernel/money'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import { normaliseInstant, snakeToCamel } from '../../shared/kernel/wire'
import {
  type FilterCondition,
  type FilterOperator,
  filterOperators,
  type RecordQuery,
} from './ports'

/** Parameters that are no field names. */
export const listParameters = [
  'page',
  'page_size',
  'cursor',
  'search',
  'sort',
  'deleted',
  'format',
] as const

export const defaultPageSize = 50
export const maxPageSize = 500

export type ListRequest = RecordQuery & { page: number }

type Read = { ok: true; value: unknown } | { ok: false; message: string }

const asText = (text: string): Read => ({ ok: true, value: text })
const asNumber = (text: string): Read =>
  text.trim() !== '' && Number.isFinite(Number(text))
    ? { ok: true, value: Number(text) }
    : { ok: false, message: `${text} is not a number` }
const asFlag = (text: string): Read =>
  /^(true|false|1|0)$/.test(text)
    ? { ok: true, value: text === 'true' || text === '1' }
    : { ok: false, message: `${text} is neither true nor false` }
const never = (): Read => ({ ok: false, message: 'cannot be filtered by' })

const readers = {
  text: asText,
  longText: asText,
  richText: asText,
  email: asText,
  phone: asText,
  url: asText,
  integer: asNumber,
  money: (text, currency) => {
    const read = asNumber(text)
    return read.ok ? { ok: true, value: majorToMinor(Number(text), currency) } : read
  },
  flag: asFlag,
  choice: (text, _currency, field) =>
    field.options?.includes(text)
      ? { ok: true, value: text }
      : { ok: false, message: `${text} is not one of ${field.options?.join(', ')}` },
  day: asText,
  instant: (text) => ({ ok: true, value: normaliseInstant(text) }),
  ref: asText,
  tags: asText,
  list: never,
  map: never,
} as const satisfies Record<FieldKind, (text: string, currency: string, field: AnyField) => Read>

const parameterPattern = /^([a-z][a-z0-9_]*)(?:\[([a-z_]+)\])?$/

const extraFields: Record<string, AnyField> = {
  ...systemFields,
  updatedAt: { kind: 'instant', label: 'Updated' },
  id: { kind: 'text', label: 'Id' },
}

const queryField = (entity: AnyEntity, name: string): AnyField | undefined =>
  fieldOf(entity, name) ?? (Object.hasOwn(extraFields, name) ? extraFields[name] : undefined)

type Collected = { where: FilterCondition[]; errors: FieldProblem[] }

const readCondition = (
  entity: AnyEntity,
  currency: string,
  [parameter, text]: [string, string],
): FilterCondition | FieldProblem => {
  const [, wireName, operatorName = 'eq'] = parameterPattern.exec(parameter) ?? []
  const field = wireName === undefined ? undefined : queryField(entity, snakeToCamel(wireName))
  if (wireName === undefined || !field)
    return { path: parameter, message: 'is not a field or parameter' }
  const operator = filterOperators.find((known) => known === operatorName)
  if (!operator)
    return {
      path: parameter,
      message: `${operatorName} is not one of ${filterOperators.join(', ')}`,
    }
  const read = readOperand(operator, text, (part) => readers[field.kind](part, currency, field))
  if (!read.ok) return { path: parameter, message: read.message }
  return { field: snakeToCamel(wireName), operator, value: read.value }
}

const readOperand = (
  operator: FilterOperator,
  text: string,
  readOne: (text: string) => Read,
): Read => {
  if (operator === 'is_null') return asFlag(text)
  if (operator === 'contains') return asText(text)
  if (operator !== 'in') return readOne(text)
  const parts = text.split(',').map((part) => readOne(part.trim()))
  const bad = parts.find((part) => !part.ok)
  if (bad) return bad
  return { ok: true, value: parts.map((part) => (part.ok ? part.value : null)) }
}

/** An absent flag counts as false, and is stored as nothing. */
const widened = (entity: AnyEntity, condition: FilterCondition): FilterCondition =>
  queryField(entity, condition.field)?.kind === 'flag' &&
  condition.operator === 'eq' &&
  condition.value === false
    ? { ...condition, operator: 'ne', value: true }
    : condition

const readSort = (entity: AnyEntity, text: string, errors: FieldProblem[]): RecordQuery['sort'] =>
  text.split(',').flatMap((part) => {
    const descending = part.startsWith('-')
    const name = part.replace(/^[-+ ]/, '').trim()
    const field = snakeToCamel(name)
    if (queryField(entity, field)) return [{ field, descending }]
    errors.push({ path: 'sort', message: `${name} is not a field` })
    return []
  })

const readPositive = (
  query: Record<string, string>,
  name: string,
  errors: FieldProblem[],
): number | undefined => {
  const text = query[name]
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  errors.push({ path: name, message: 'must be a positive whole number' })
  return undefined
}

/** Reads a list request; throws `query.invalid` that names every parameter it cannot use. */
export const readListRequest = (c: Context, entity: AnyEntity, currency: string): ListRequest => {
  const query = c.req.query()
  const collected: Collected = { where: [], errors: [] }
  for (const entry of Object.entries(query)) {
    if (listParameters.some((name) => name === entry[0])) continue
    const read = readCondition(entity, currency, entry)
    if ('operator' in read) collected.where.push(widened(entity, read))
    else collected.errors.push(read)
  }
  const { where, errors } = collected
  const page = readPositive(query, 'page', errors) ?? 1
  const limit = readPositive(query, 'page_size', errors) ?? defaultPageSize
  if (limit > maxPageSize) errors.push({ path: 'page_size', message: `is at most ${maxPageSize}` })
  const sort = readSort(entity, query.sort || defaultSort(entity), errors)
  if (errors.length > 0)
    throw new Refusal('query.invalid', {
      detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
      errors,
    })
  return {
    entity,
    where,
    sort,
    limit,
    page,
    offset: (page - 1) * limit,
    ...(query.search ? { search: query.search } : {}),
    ...(query.cursor ? { cursor: query.cursor } : {}),
    deleted: query.deleted === 'true',
  }
}

const defaultSort = (entity: AnyEntity): string => entity.list.sort
