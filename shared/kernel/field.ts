/**
 * The closed set of field kinds. What a kind means (schema, merge, wire, cell, editor, CSV) stands
 * in one exhaustive table per side, checked with `satisfies Record<FieldKind, ...>`.
 */
export const fieldKinds = [
  'text',
  'longText',
  'richText',
  'email',
  'phone',
  'url',
  'integer',
  'decimal',
  'money',
  'currency',
  'flag',
  'choice',
  'day',
  'instant',
  'recurrence',
  'ref',
  'tags',
  'list',
  'map',
] as const

export type FieldKind = (typeof fieldKinds)[number]

/** How concurrent edits of a field merge: last writer, element by element, or character by character. */
export type MergeRule = 'value' | 'set' | 'text'

export const mergeOf = {
  text: 'value',
  longText: 'value',
  richText: 'text',
  email: 'value',
  phone: 'value',
  url: 'value',
  integer: 'value',
  decimal: 'value',
  money: 'value',
  currency: 'value',
  flag: 'value',
  choice: 'value',
  day: 'value',
  instant: 'value',
  recurrence: 'value',
  ref: 'value',
  tags: 'set',
  list: 'value',
  map: 'value',
} as const satisfies Record<FieldKind, MergeRule>

/** What every field says of itself, whatever its kind. */
export type FieldOptions = {
  required?: boolean
  /** Part of full-text search. */
  search?: boolean
  /** Indexed on both sides: cheap to filter and sort by before everything is in memory. */
  index?: boolean
  /** Personal data in the sense of the GDPR. */
  pii?: boolean
  /** Set by the server alone; clients and the API read it. */
  serverOnly?: boolean
  /** Derived by the entity's rules: shown, never typed. */
  computed?: boolean
  /** What documentation shows on the wire, where the kind's own example would not do; null for none. */
  example?: unknown
  /** The name the field had before; values under it are still read. */
  was?: string
  /** Still synced, no longer shown. */
  retired?: boolean
  /** Placeholder or short help shown in editors. */
  hint?: string
  /** Stands behind numbers that people see, such as `%` or `min`. */
  unit?: string
}

/** A field as generic code sees it. */
export type AnyField = FieldOptions & {
  kind: FieldKind
  label: string
  /** Choices in their natural order (kind `choice`). */
  options?: readonly string[]
  /** Name of the entity pointed at (kind `ref`). */
  target?: string
  /** What the list of those pointing here is called at the other end; null where none is shown. */
  inverse?: string | null
  /** Field that holds the ISO 4217 currency (kind `money`); without it the workspace's currency. */
  currencyField?: string
  /** Bounds, inclusive (kinds `integer`, `decimal` and `money`). */
  min?: number
  max?: number
  /** Most items (kind `list`); 50 where nothing is said. */
  maxItems?: number
  /** Parts of one item (kind `list`). */
  item?: Record<string, AnyField>
  default?: unknown
}

/** Whether people and API clients cannot set the field. */
export const isReadOnly = ({ serverOnly, computed }: AnyField): boolean =>
  serverOnly === true || computed === true

declare const valueType: unique symbol

/** A field that knows the type of its value. */
export type Field<V> = AnyField & { readonly [valueType]?: V }

/** The value type of a field. */
export type ValueOf<F> = F extends Field<infer V> ? V : never

type Simple = FieldOptions & { default?: string }
type Bounded = FieldOptions & { min?: number; max?: number; default?: number }

export const text = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'text',
  label,
  ...options,
})
export const longText = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'longText',
  label,
  ...options,
})
/** Merged character by character; in a row it stands as plain text. */
export const richText = (label: string, options: FieldOptions = {}): Field<string | null> => ({
  kind: 'richText',
  label,
  ...options,
})
export const email = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'email',
  label,
  ...options,
})
/** E.164 where the number could be understood, otherwise as typed. */
export const phone = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'phone',
  label,
  ...options,
})
export const url = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'url',
  label,
  ...options,
})
export const integer = (label: string, options: Bounded = {}): Field<number | null> => ({
  kind: 'integer',
  label,
  ...options,
})
/** A number with at most four decimals, such as a quantity or a percentage. */
export const decimal = (label: string, options: Bounded = {}): Field<number | null> => ({
  kind: 'decimal',
  label,
  ...options,
})
/** An ISO 4217 code, such as `EUR`. */
export const currency = (label: string, options: Simple = {}): Field<string | null> => ({
  kind: 'currency',
  label,
  ...options,
})
/** Integer minor units of the currency. */
export const money = (
  label: string,
  options: Bounded & { currencyField?: string } = {},
): Field<number | null> => ({ kind: 'money', label, ...options })
export const flag = (
  label: string,
  options: FieldOptions & { default?: boolean } = {},
): Field<boolean> => ({ kind: 'flag', label, ...options })
export const choice = <const O extends readonly string[]>(
  label: string,
  options: O,
  more: FieldOptions & { default?: O[number] } = {},
): Field<O[number] | null> => ({ kind: 'choice', label, options, ...more })
/** A calendar day, `YYYY-MM-DD`. */
export const day = (label: string, options: FieldOptions = {}): Field<string | null> => ({
  kind: 'day',
  label,
  ...options,
})
/** An instant, RFC 3339 in UTC with milliseconds. */
export const instant = (label: string, options: FieldOptions = {}): Field<string | null> => ({
  kind: 'instant',
  label,
  ...options,
})
/** When something repeats, as a rule of RFC 5545 section 3.3.10, such as `FREQ=WEEKLY;BYDAY=MO`. */
export const recurrence = (label: string, options: FieldOptions = {}): Field<string | null> => ({
  kind: 'recurrence',
  label,
  ...options,
})
/** The id of a record of another entity, named by a plain string: entities may point at each other. */
export const ref = (
  label: string,
  target: string,
  options: FieldOptions & { inverse?: string | null } = {},
): Field<string | null> => ({ kind: 'ref', label, target, ...options })
/** A set of tag ids, merged element by element. */
export const tags = (label: string, options: FieldOptions = {}): Field<string[]> => ({
  kind: 'tags',
  label,
  target: 'tag',
  ...options,
})
/** A short ordered list of small structures, replaced as a whole. */
export const list = <I extends Record<string, AnyField>>(
  label: string,
  item: I,
  options: FieldOptions & { maxItems?: number } = {},
): Field<{ [K in keyof I]: ValueOf<I[K]> }[]> => ({ kind: 'list', label, item, ...options })
/** Free key and value pairs of text, replaced as a whole. */
export const map = (label: string, options: FieldOptions = {}): Field<Record<string, string>> => ({
  kind: 'map',
  label,
  ...options,
})
