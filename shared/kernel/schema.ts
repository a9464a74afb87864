/** Zod schemas of stored values and of whole patches, derived from the entity's fields. */
import { z } from 'zod'
import type { AnyEntity } from './entity'
import { fieldOf } from './entity'
import type { AnyField, FieldKind } from './field'
import { idSchema } from './ids'
import { isCurrency } from './money'
import { isRecurrence } from './recurrence'
import type { FieldProblem } from './refusal'

const limits = {
  text: 500,
  longText: 20_000,
  richText: 500_000,
  items: 50,
  tags: 200,
  mapKeys: 100,
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const isRealDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const parseUrl = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    // `URL.parse` is younger than the oldest Node that is supported.
    return undefined
  }
}
const isWebAddress = (text: string): boolean => {
  const protocol = parseUrl(text)?.protocol
  if (protocol !== undefined && text.includes('://')) return /^https?:$/.test(protocol)
  return parseUrl(`https://${text}`)?.hostname.includes('.') === true
}

/** An instant as it is stored: RFC 3339, UTC, milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3, error: 'must be an RFC 3339 UTC time' })

const decimalLimit = 1e11
const hasFourDecimals = (value: number): boolean => value === Number(value.toFixed(4))

const bounded = (field: AnyField) =>
  z
    .int('must be a whole number')
    .min(field.min ?? Number.MIN_SAFE_INTEGER)
    .max(field.max ?? Number.MAX_SAFE_INTEGER)

/** Half a surrogate pair and NUL do not survive being stored: UTF-8 has none, PostgreSQL takes none. */
const noText = /[\0\p{Cs}]/u

const plainText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !noText.test(text), 'has a character that is no text')

const schemas = {
  text: () => plainText(limits.text),
  longText: () => plainText(limits.longText),
  richText: () => plainText(limits.richText),
  email: () => z.email('must be an e-mail address').max(254),
  phone: () => plainText(40).regex(/\d|^[a-z]/i, 'must be a phone number'),
  url: () => plainText(2000).refine(isWebAddress, 'must be a web address'),
  integer: bounded,
  decimal: (field: AnyField) =>
    z
      .number('must be a number')
      .min(field.min ?? -decimalLimit)
      .max(field.max ?? decimalLimit)
      .refine(hasFourDecimals, 'may have four decimals at most'),
  money: bounded,
  currency: () => z.string().refine(isCurrency, 'must be an ISO 4217 currency code, such as EUR'),
  flag: () => z.boolean(),
  choice: (field: AnyField) =>
    z.enum(field.options ?? [], `must be one of ${(field.options ?? []).join(', ')}`),
  day: () =>
    z.string().regex(dayPattern, 'must be a day, YYYY-MM-DD').refine(isRealDay, 'is not a day'),
  instant: () => instantSchema,
  recurrence: () =>
    z
      .string()
      .max(limits.text)
      .refine(isRecurrence, 'is not a rule of RFC 5545, such as FREQ=WEEKLY'),
  ref: () => idSchema,
  tags: () => z.array(idSchema).max(limits.tags),
  list: (field: AnyField) => z.array(itemSchema(field)).max(field.maxItems ?? limits.items),
  map: () =>
    z
      .record(plainText(100).min(1), plainText(limits.longText))
      .refine((value) => Object.keys(value).length <= limits.mapKeys, 'has too many keys'),
} as const satisfies Record<FieldKind, (field: AnyField) => z.ZodType>

const itemSchema = (field: AnyField): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(field.item ?? {}).map(([name, part]) => [name, valueSchema(part)]),
    ),
  )

/** Kinds whose empty value is `null`; the others are empty as `false`, `[]` or `{}`. */
export const isNullable = (kind: FieldKind): boolean =>
  kind !== 'flag' && kind !== 'tags' && kind !== 'list' && kind !== 'map'

/** The value of a field that was never set. */
export const emptyValue = (field: AnyField): unknown => {
  if (field.kind === 'flag') return field.default ?? false
  if (field.kind === 'tags' || field.kind === 'list') return []
  if (field.kind === 'map') return {}
  return field.default ?? null
}

const cache = new WeakMap<AnyField, z.ZodType>()

/** The schema of a field's stored value; a required field does not take null or blank text. */
export const valueSchema = (field: AnyField): z.ZodType => {
  const known = cache.get(field)
  if (known) return known
  const made = makeValueSchema(field)
  cache.set(field, made)
  return made
}

const makeValueSchema = (field: AnyField): z.ZodType => {
  const base: z.ZodType = schemas[field.kind](field)
  if (field.required)
    return base.refine((value) => typeof value !== 'string' || value.trim() !== '', 'is required')
  return isNullable(field.kind) ? base.nullable() : base
}

/** A change of a set field, element by element. */
export const setChangeSchema = z.strictObject({
  add: z.array(idSchema).max(limits.tags).optional(),
  remove: z.array(idSchema).max(limits.tags).optional(),
})

/** Whether a value still counts as missing for a required field. */
export const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

/** Checks values of an entity's fields; unknown names are problems too. Empty result: all is well. */
export const checkValues = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
): FieldProblem[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const field = fieldOf(entity, name)
    if (!field) return [{ path: name, message: `${entity.label} has no such field` }]
    return problemsOf(valueSchema(field), value, name)
  })

/** The required fields of an entity: every edit asks for them. */
const requiredFields = new WeakMap<AnyEntity, [name: string, field: AnyField][]>()

const requiredOf = (entity: AnyEntity): [name: string, field: AnyField][] => {
  const known = requiredFields.get(entity)
  if (known) return known
  const found = Object.entries(entity.fields).filter(([, { required }]) => required)
  requiredFields.set(entity, found)
  return found
}

/** The names of required fields that a row leaves empty, as problems. */
export const missingFields = (
  entity: AnyEntity,
  row: { [field: string]: unknown },
): FieldProblem[] =>
  requiredOf(entity)
    .filter(([name]) => isMissing(row[name]))
    .map(([name, field]) => ({ path: name, message: `${field.label} is required` }))

/** What a schema has against a value, each with its path below `prefix`. */
export const problemsOf = (schema: z.ZodType, value: unknown, prefix: string): FieldProblem[] => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => ({
    path: [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.'),
    message: issue.message,
  }))
}
