/** The comparisons that people put into rules: for scoring, routing, assignment. */
import type { AnyRow } from './entity'

/** A comparison of one field with a text, as it is kept in lists of conditions. */
export type RuleCondition = { field: string | null; operator: string | null; value: string | null }

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)

const textOf = (value: unknown): string =>
  (Array.isArray(value) ? value.join(' ') : String(value ?? '')).trim().toLowerCase()

const compare = (value: unknown, wanted: string): number => {
  const [a, b] = [Number(value), Number(wanted)]
  if (!isEmpty(value) && !Number.isNaN(a) && wanted !== '' && !Number.isNaN(b)) return a - b
  return textOf(value).localeCompare(wanted)
}

/** Whether a row meets a condition; one that names no field or comparison is never met. */
export const meets = (row: AnyRow, { field, operator, value }: RuleCondition): boolean => {
  if (!field) return false
  const held = row[field]
  const wanted = textOf(value)
  switch (operator) {
    case 'equals':
      return textOf(held) === wanted
    case 'not_equals':
      return textOf(held) !== wanted
    case 'contains':
      return wanted !== '' && textOf(held).includes(wanted)
    case 'greater_than':
      return !isEmpty(held) && compare(held, wanted) > 0
    case 'less_than':
      return !isEmpty(held) && compare(held, wanted) < 0
    case 'is_set':
      return !isEmpty(held)
    case 'is_empty':
      return isEmpty(held)
    default:
      return false
  }
}

/** Whether a row meets every condition; without conditions it does. */
export const meetsAll = (row: AnyRow, conditions: readonly RuleCondition[]): boolean =>
  conditions.every((condition) => meets(row, condition))
