/** Conditions of a list as tests of fields. What they mean is the same for every kind of list. */
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import type { FieldKind } from '../../../shared/kernel/field'
import type { ListCondition, ListOperator } from '../api'
import { normalise } from '../normalise'

/** A test of one field's values; `normalised`: of its sort keys, which are text as search sees it. */
export type FieldTest = { field: string; isNormalised: boolean; holds: (value: unknown) => boolean }

/** Whether a stored value counts as empty. */
const isEmptyValue = (value: unknown): boolean => {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

const compare = (value: unknown, wanted: unknown): number | undefined => {
  if (typeof value === 'number' && typeof wanted === 'number') return value - wanted
  if (typeof value !== 'string' || typeof wanted !== 'string') return undefined
  return value < wanted ? -1 : value > wanted ? 1 : 0
}

const ordered =
  (holds: (order: number) => boolean) =>
  (value: unknown, wanted: unknown): boolean => {
    const order = compare(value, wanted)
    return order !== undefined && holds(order)
  }

const equals = (value: unknown, wanted: unknown): boolean => {
  if (wanted === null || wanted === undefined) return isEmptyValue(value)
  return Array.isArray(value) ? value.includes(wanted) : value === wanted
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return normalise(value)
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join(' ')
  return value === null || value === undefined ? '' : String(value)
}

const isAmong = (value: unknown, wanted: unknown): boolean => amongTest(wanted)(value)

/** A set is asked once a row, however many values are wanted. */
const amongTest = (wanted: unknown): ((value: unknown) => boolean) => {
  if (!Array.isArray(wanted)) return (value) => equals(value, wanted)
  const held = new Set<unknown>(wanted)
  const takesEmpty = held.has(null) || held.has(undefined)
  return (value) => {
    if (takesEmpty && isEmptyValue(value)) return true
    return Array.isArray(value) ? value.some((each) => held.has(each)) : held.has(value)
  }
}

const tests = {
  eq: equals,
  ne: (value, wanted) => !equals(value, wanted),
  gt: ordered((order) => order > 0),
  gte: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  lte: ordered((order) => order <= 0),
  notAfter: (value, wanted) => isEmptyValue(value) || (compare(value, wanted) ?? 1) <= 0,
  in: isAmong,
  contains: (value, wanted) => textOf(value).includes(normalise(String(wanted ?? ''))),
  isEmpty: (value) => isEmptyValue(value),
  isNotEmpty: (value) => !isEmptyValue(value),
} as const satisfies Record<ListOperator, (value: unknown, wanted: unknown) => boolean>

const containsAll = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value) &&
  (Array.isArray(wanted) ? wanted : [wanted]).every((each) => value.includes(each))

const textKinds: readonly (FieldKind | undefined)[] = [
  'text',
  'longText',
  'richText',
  'email',
  'phone',
  'url',
]

/** One condition as a test of its field. */
export const testOf = (entity: AnyEntity, condition: ListCondition): FieldTest => {
  const { field, operator, value: wanted } = condition
  const kind = fieldOf(entity, field)?.kind
  if (operator === 'contains' && kind === 'tags')
    return { field, isNormalised: false, holds: (value) => containsAll(value, wanted) }
  if (operator === 'contains') {
    const part = normalise(String(wanted ?? ''))
    const isNormalised = textKinds.includes(kind)
    const holds = isNormalised
      ? (value: unknown) => typeof value === 'string' && value.includes(part)
      : (value: unknown) => textOf(value).includes(part)
    return { field, isNormalised, holds }
  }
  if (operator === 'in') return { field, isNormalised: false, holds: amongTest(wanted) }
  const test = tests[operator]
  return { field, isNormalised: false, holds: (value) => test(value, wanted) }
}
