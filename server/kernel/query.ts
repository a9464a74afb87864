/** Query strings of lists: `FIELD=value`, `FIELD[op]=value`, sort, paging. */
import type { Context } from 'hono'
import { type AnyEntity, fieldOf } from '../../shared/kernel/entity'
import { type AnyField, instant, text } from '../../shared/kernel/field'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import { camelToSnake, snakeToCamel } from '../../shared/kernel/wire'
import {
  type FilterCondition,
  type FilterOperator,
  filterOperators,
  type RecordQuery,
} from './ports'
import { boundsOfDay, operatorsOf, type Read, readFlag, readOperand } from './query-values'

export const defaultPageSize = 50
export const maxPageSize = 500

export type ListRequest = RecordQuery & { page: number }

type Parameters = { [name: string]: string[] }
type Found = { conditions: FilterCondition[] } | { problem: FieldProblem }

const rowFields: Record<string, AnyField> = { id: text('Id'), updatedAt: instant('Updated') }

/** The field that a wire name means in lists, `id` and `updated_at` included. */
const fieldAt = (entity: AnyEntity, wireName: string): [string, AnyField] | undefined => {
  const name = snakeToCamel(wireName)
  const field =
    fieldOf(entity, name) ?? (Object.hasOwn(rowFields, name) ? rowFields[name] : undefined)
  return field && camelToSnake(name) === wireName ? [name, field] : undefined
}

const parameterPattern = /^([^[\]]+)(?:\[([^[\]]*)\])?$/

const readConditions = (
  entity: AnyEntity,
  currency: string,
  [path, texts]: [string, string[]],
): Found[] => {
  const [, wireName = '', operatorName = 'eq'] = parameterPattern.exec(path) ?? []
  const found = fieldAt(entity, wireName)
  if (!found) return [{ problem: { path, message: `${entity.label} has no such field` } }]
  const [name, field] = found
  const operator = filterOperators.find((known) => known === operatorName)
  const possible: readonly FilterOperator[] = operatorsOf[field.kind]
  if (!operator || !possible.includes(operator))
    return [{ problem: { path, message: `${operatorName} is not one of ${possible.join(', ')}` } }]
  // The same parameter several times means any of the values.
  const several = operator === 'eq' && texts.length > 1 && possible.includes('in')
  const given: [FilterOperator, string][] = several
    ? [['in', texts.join(',')]]
    : texts.map((one) => [operator, one])
  return given.map(([one, value]) =>
    toConditions(name, one, { value, path, context: { field, currency } }),
  )
}

type Operand = { value: string; path: string; context: { field: AnyField; currency: string } }

const toConditions = (field: string, operator: FilterOperator, operand: Operand): Found => {
  const { value, path, context } = operand
  const isPoint = context.field.kind !== 'instant' || operator === 'ne'
  const day = isPoint ? undefined : boundsOfDay(value)
  if (day) return { conditions: dayConditions(field, operator, day) }
  const read = readOperand(operator, value, context)
  if (!read.ok) return { problem: { path, message: read.message } }
  return { conditions: [{ field, operator, value: read.value }] }
}

/** A calendar day where an instant is asked for means the whole day (UTC). */
const dayConditions = (
  field: string,
  operator: FilterOperator,
  { first, last }: { first: string; last: string },
): FilterCondition[] => {
  if (operator === 'gt' || operator === 'lte') return [{ field, operator, value: last }]
  if (operator === 'eq' || operator === 'in')
    return [
      { field, operator: 'gte', value: first },
      { field, operator: 'lte', value: last },
    ]
  return [{ field, operator, value: first }]
}

const unsortable: readonly string[] = ['tags', 'list', 'map', 'richText', 'longText']

const readSort = (entity: AnyEntity, keys: string, errors: FieldProblem[]): RecordQuery['sort'] =>
  keys.split(',').flatMap((key) => {
    const descending = key.trim().startsWith('-')
    const wireName = key.trim().replace(/^[-+]/, '')
    const found = fieldAt(entity, wireName)
    if (found && !unsortable.includes(found[1].kind)) return [{ field: found[0], descending }]
    // Where no field is called so, `name` is what the record is called.
    if (wireName === 'name' && !found)
      return entity.titleFields.map((field) => ({ field, descending }))
    errors.push({ path: 'sort', message: `${wireName} is not a field to sort by` })
    return []
  })

const readCount = (text: string): Read =>
  /^[1-9]\d{0,8}$/.test(text)
    ? { ok: true, value: Number(text) }
    : { ok: false, message: 'must be a positive whole number' }

const readPageSize = (text: string): Read => {
  const read = readCount(text)
  return read.ok && Number(text) > maxPageSize
    ? { ok: false, message: `is at most ${maxPageSize}` }
    : read
}

const asGiven = (value: string): Read => ({ ok: true, value })

/** Parameters that are no fields, and how they are read. */
const special: Record<string, (text: string) => Read> = {
  page: readCount,
  page_size: readPageSize,
  cursor: asGiven,
  search: asGiven,
  sort: asGiven,
  deleted: readFlag,
  format: asGiven,
}

const readSpecial = (parameters: Parameters, errors: FieldProblem[]): Map<string, unknown> => {
  const values = new Map<string, unknown>()
  for (const [name, read] of Object.entries(special)) {
    const given = parameters[name]?.at(-1)
    if (given === undefined || given === '') continue
    const outcome = read(given)
    if (outcome.ok) values.set(name, outcome.value)
    else errors.push({ path: name, message: outcome.message })
  }
  return values
}

/** Reads a list request; throws `query.invalid` that names every parameter it cannot use. */
export const readListRequest = (c: Context, entity: AnyEntity, currency: string): ListRequest => {
  const parameters: Parameters = c.req.queries()
  const errors: FieldProblem[] = []
  const values = readSpecial(parameters, errors)
  const where: FilterCondition[] = []
  for (const entry of Object.entries(parameters)) {
    if (Object.hasOwn(special, entry[0])) continue
    for (const found of readConditions(entity, currency, entry)) {
      if ('problem' in found) errors.push(found.problem)
      else where.push(...found.conditions)
    }
  }
  const sort = readSort(
    entity,
    String(values.get('sort') ?? camelToSnake(entity.list.sort)),
    errors,
  )
  if (errors.length > 0) throw invalidQuery(errors)
  const page = Number(values.get('page') ?? 1)
  const limit = Number(values.get('page_size') ?? defaultPageSize)
  return {
    entity,
    where,
    sort,
    limit,
    page,
    offset: (page - 1) * limit,
    deleted: values.get('deleted') === true,
    ...(values.has('search') ? { search: String(values.get('search')) } : {}),
    ...(values.has('cursor') ? { cursor: String(values.get('cursor')) } : {}),
  }
}

/** The refusal of a list request, saying everything that is wrong with it. */
export const invalidQuery = (errors: FieldProblem[]): Refusal =>
  new Refusal('query.invalid', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    errors,
  })
