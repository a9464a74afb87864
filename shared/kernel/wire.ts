/**
 * The one mapper between rows (camelCase, minor units) and the REST wire (snake_case, decimal
 * major units). Tags travel as names and need the names looked up, so they are passed in.
 */
import type { AnyEntity, AnyRow } from './entity'
import { systemFields } from './entity'
import type { AnyField, FieldKind } from './field'
import { majorToMinor, minorToMajor } from './money'

/** `firstName` to `first_name`. */
export const camelToSnake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** `first_name` to `firstName`. */
export const snakeToCamel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** What the mapper has to be told besides the row. */
export type WireContext = {
  /** ISO 4217 code for money without a currency of its own. */
  currency: string
  /** A tag's name; `undefined` for a tag that is not known here, whose id then stands for it. */
  tagName: (id: string) => string | undefined
}

type Values = { [field: string]: unknown }

const currencyOf = (field: AnyField, values: Values, context: WireContext): string => {
  const own = field.currencyField ? values[field.currencyField] : undefined
  return typeof own === 'string' && own !== '' ? own : context.currency
}

const same = (value: unknown): unknown => value

const toWire = {
  text: same,
  longText: same,
  richText: same,
  email: same,
  phone: same,
  url: same,
  integer: same,
  decimal: same,
  currency: same,
  money: (value, field, row, context) =>
    typeof value === 'number' ? minorToMajor(value, currencyOf(field, row, context)) : null,
  flag: same,
  choice: same,
  day: same,
  instant: same,
  recurrence: same,
  ref: same,
  tags: (value, _field, _row, context) =>
    Array.isArray(value) ? value.map((id) => context.tagName(String(id)) ?? id) : [],
  list: (value, field, row, context) =>
    Array.isArray(value)
      ? value.map((item) => partsToWire(field.item ?? {}, item, row, context))
      : [],
  map: same,
} as const satisfies Record<
  FieldKind,
  (value: unknown, field: AnyField, row: Values, context: WireContext) => unknown
>

type Part = [name: string, wireName: string, field: AnyField]

/** Names as the wire has them, made once: a list asks for those of every field of every record. */
const wireParts = new WeakMap<Record<string, AnyField>, Part[]>()

const partsOf = (fields: Record<string, AnyField>): Part[] => {
  const known = wireParts.get(fields)
  if (known) return known
  const parts = Object.entries(fields).map(
    ([name, field]): Part => [name, camelToSnake(name), field],
  )
  wireParts.set(fields, parts)
  return parts
}

/** Adds the values of some fields; `row` is what they stand in, where another field says their currency. */
const addParts = (
  wire: Values,
  fields: Record<string, AnyField>,
  { values, row, context }: { values: Values; row: Values; context: WireContext },
): Values => {
  for (const [name, wireName, field] of partsOf(fields))
    wire[wireName] = toWire[field.kind](values[name] ?? null, field, row, context)
  return wire
}

const partsToWire = (
  fields: Record<string, AnyField>,
  values: Values,
  row: Values,
  context: WireContext,
): Values => addParts({}, fields, { values, row, context })

/** Some values of a record as a REST body says them; tags by their ids' names. */
export const valuesToWire = (entity: AnyEntity, values: Values, context: WireContext): Values =>
  partsToWire(
    Object.fromEntries(Object.entries(entity.fields).filter(([name]) => name in values)),
    values,
    values,
    context,
  )

/** A row as the REST API shows it. */
export const rowToWire = (entity: AnyEntity, row: AnyRow, context: WireContext): Values => {
  const wire: Values = { id: row.id }
  addParts(wire, entity.fields, { values: row, row, context })
  addParts(wire, systemFields, { values: row, row, context })
  wire.updated_at = row.updatedAt
  return wire
}

/** What `wireToValues` gives back: values by field name, and names that no field answers to. */
export type WireValues = { values: Values; tagNames: Record<string, string[]>; unknown: string[] }

const readOnlyNames = new Set(['id', 'created_at', 'created_by', 'updated_at', 'deleted_at'])

/**
 * Reads a REST body. Nothing is validated here but the shape of names; the entity's schema does
 * that afterwards. Read-only names that `rowToWire` adds are passed over, so that what was read
 * can be sent back.
 */
export const wireToValues = (
  entity: AnyEntity,
  body: Values,
  context: { currency: string },
): WireValues => {
  const named = Object.entries(body).filter(([name]) => !readOnlyNames.has(name))
  const known = named.filter(([name]) => Object.hasOwn(entity.fields, snakeToCamel(name)))
  const raw = Object.fromEntries(known.map(([name, value]) => [snakeToCamel(name), value]))
  const result: WireValues = {
    values: {},
    tagNames: {},
    unknown: named.filter((entry) => !known.includes(entry)).map(([name]) => name),
  }
  for (const [name, value] of Object.entries(raw)) {
    const field = entity.fields[name]
    if (!field) continue
    if (field.kind === 'tags' && Array.isArray(value)) result.tagNames[name] = value.map(String)
    else result.values[name] = valueFromWire(field, value, raw, context)
  }
  return result
}

const valueFromWire = (
  field: AnyField,
  value: unknown,
  row: Values,
  context: { currency: string },
): unknown => {
  if (value === '' && field.kind !== 'text' && field.kind !== 'longText') return null
  if (field.kind === 'money' && typeof value === 'number')
    return majorToMinor(value, currencyOf(field, row, { ...context, tagName: () => undefined }))
  if (field.kind === 'instant' && typeof value === 'string') return normaliseInstant(value)
  if (field.kind === 'list' && Array.isArray(value))
    return value.map((item) => itemFromWire(field, item, context))
  return value
}

const itemFromWire = (field: AnyField, item: unknown, context: { currency: string }): unknown => {
  if (typeof item !== 'object' || item === null) return item
  const given = Object.fromEntries(
    Object.entries(item).map(([name, value]) => [snakeToCamel(name), value]),
  )
  const missing = Object.fromEntries(
    Object.entries(field.item ?? {}).map(([name, part]) => [
      name,
      part.kind === 'flag' ? false : null,
    ]),
  )
  return Object.fromEntries(
    Object.entries({ ...missing, ...given }).map(([name, value]) => {
      const part = field.item?.[name]
      return [name, part ? valueFromWire(part, value, given, context) : value]
    }),
  )
}

/** Any RFC 3339 time to UTC with milliseconds; what cannot be read stays for the schema to refuse. */
export const normaliseInstant = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.test(text))
    return text
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}
