/** Conditions as people put them into rules: which fields can be compared, and what is said of one. */
import { type AnyEntity, shownFields } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { currencyExponent, minorToMajor } from '../../../shared/kernel/money'
import { humanise } from '../../ui/format'

export type Condition = { field: string; operator: string; value: string | null }

export type ComparableFields = ReadonlyMap<string, AnyField>

const comparable = new Set([
  'text',
  'email',
  'phone',
  'integer',
  'money',
  'currency',
  'choice',
  'day',
])

/** Fields that a condition can look at, by name. */
export const comparableFields = (entities: readonly AnyEntity[]): ComparableFields =>
  new Map(
    entities.flatMap((entity) =>
      shownFields(entity).filter(([, { kind }]) => comparable.has(kind)),
    ),
  )

export const needsValue = (operator: string): boolean =>
  operator !== 'is_set' && operator !== 'is_empty'

/** Whether a condition says enough to be kept: a field, and what it is compared with. */
export const isWhole = ({ field, operator, value }: Condition): boolean =>
  field !== '' && (!needsValue(operator) || Boolean(value))

/** A condition as it is stored, whatever it lacks. */
export const toCondition = (item: unknown): Condition => {
  const from = typeof item === 'object' && item !== null ? item : {}
  const read = (name: string): unknown => Reflect.get(from, name)
  const value = read('value')
  return {
    field: String(read('field') ?? ''),
    operator: String(read('operator') ?? 'equals'),
    value: typeof value === 'string' ? value : null,
  }
}

const shownValue = (field: AnyField | undefined, value: string, currency: string): string => {
  if (field?.kind === 'choice') return humanise(value)
  if (field?.kind !== 'money') return value
  const major = minorToMajor(Number(value), currency)
  const digits = currencyExponent(currency)
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    maximumFractionDigits: digits,
  }).format(major)
}

/** A condition in words: `Rating equals Hot`. */
export const describeCondition = (
  { field, operator, value }: Condition,
  fields: ComparableFields,
  currency: string,
): string => {
  const declared = fields.get(field)
  const words = [declared?.label ?? field, humanise(operator).toLowerCase()]
  if (needsValue(operator)) words.push(shownValue(declared, value ?? '', currency))
  return words.join(' ')
}
