/** Operands of list filters: text from a query string to stored values, by field kind. */
import type { AnyField, FieldKind } from '../../shared/kernel/field'
import { majorToMinor } from '../../shared/kernel/money'
import { normalisePhone } from '../../shared/kernel/phone'
import { valueSchema } from '../../shared/kernel/schema'
import { normaliseInstant } from '../../shared/kernel/wire'
import type { FilterOperator } from './ports'

/** A value, or what is wrong with the text. */
export type Read = { ok: true; value: unknown } | { ok: false; message: string }

type Context = { field: AnyField; currency: string }

const ordered = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'is_null'] as const
const textual = [...ordered, 'contains'] as const
const prose = ['eq', 'ne', 'contains', 'is_null'] as const
const exact = ['eq', 'ne', 'in', 'is_null'] as const
const inner = ['contains', 'is_null'] as const

/** The operators that mean something for a kind. */
export const operatorsOf = {
  text: textual,
  longText: prose,
  richText: prose,
  email: textual,
  phone: textual,
  url: textual,
  integer: ordered,
  decimal: ordered,
  currency: exact,
  money: ordered,
  flag: ['eq', 'ne', 'is_null'],
  choice: exact,
  day: ordered,
  instant: ordered,
  recurrence: prose,
  ref: exact,
  tags: ['eq', 'ne', 'in', 'contains', 'is_null'],
  list: inner,
  map: inner,
} as const satisfies Record<FieldKind, readonly FilterOperator[]>

const asText = (value: string): Read => ({ ok: true, value })

const asNumber = (text: string): Read =>
  /^[+-]?\d+(\.\d+)?$/.test(text)
    ? { ok: true, value: Number(text) }
    : { ok: false, message: `${text} is not a number` }

const flags: Record<string, boolean> = { true: true, '1': true, false: false, '0': false }

/** `true`, `false`, `1` or `0`. */
export const readFlag = (text: string): Read =>
  Object.hasOwn(flags, text)
    ? { ok: true, value: flags[text] }
    : { ok: false, message: `${text} is neither true nor false` }

const asStored = (value: string, { field }: Context): Read => {
  const parsed = valueSchema(field).safeParse(value)
  if (parsed.success) return { ok: true, value }
  return { ok: false, message: `${value} ${parsed.error.issues[0]?.message ?? 'is not valid'}` }
}

const readers = {
  text: asText,
  longText: asText,
  richText: asText,
  email: asText,
  phone: (text) => asText(normalisePhone(text)),
  url: asText,
  integer: (text) => {
    const read = asNumber(text)
    return !read.ok || Number.isSafeInteger(read.value)
      ? read
      : { ok: false, message: `${text} is not a whole number` }
  },
  decimal: asNumber,
  currency: asStored,
  money: (text, { currency }) => {
    const read = asNumber(text)
    return read.ok ? { ok: true, value: majorToMinor(Number(text), currency) } : read
  },
  flag: readFlag,
  choice: asStored,
  day: asStored,
  instant: (text, context) => asStored(normaliseInstant(text), context),
  recurrence: asText,
  ref: (text, context) => asStored(text.toLowerCase(), context),
  tags: asText,
  list: asText,
  map: asText,
} as const satisfies Record<FieldKind, (text: string, context: Context) => Read>

const readMany = (texts: readonly string[], context: Context): Read => {
  const parts = texts.map((text) => readers[context.field.kind](text.trim(), context))
  return (
    parts.find((part) => !part.ok) ?? {
      ok: true,
      value: parts.map((part) => (part.ok ? part.value : null)),
    }
  )
}

/** Reads the text after `FIELD[operator]=`. */
export const readOperand = (operator: FilterOperator, text: string, context: Context): Read => {
  if (operator === 'is_null') return readFlag(text)
  if (operator === 'in') return readMany(text.split(','), context)
  if (operator === 'contains') return asText(text)
  return readers[context.field.kind](text, context)
}

/** First and last instant of a calendar day in UTC; `undefined` for anything else. */
export const boundsOfDay = (text: string): { first: string; last: string } | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? { first: `${text}T00:00:00.000Z`, last: `${text}T23:59:59.999Z` }
    : undefined
