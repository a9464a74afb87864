/** From rows of text to records: values by field kind, problems by line and column. */
import type { CountryCode } from 'libphonenumber-js'
import type { AnyEntity } from '../kernel/entity'
import type { AnyField } from '../kernel/field'
import { majorToMinor } from '../kernel/money'
import { normalisePhone } from '../kernel/phone'
import { checkValues, missingFields, problemsOf, valueSchema } from '../kernel/schema'
import type { ColumnTarget } from './mapping'
import type { Table, TableRow } from './table'

export type ConvertOptions = {
  currency: string
  /** Country of phone numbers without an international prefix. */
  country?: CountryCode
  /** Which of day and month comes first in dates such as 03/04/2024. */
  dayFirst: boolean
}

/** A value that could not be used; the rest of the row could. */
export type CellProblem = { line: number; column: string; reason: string; value: string }

export type Draft = {
  line: number
  values: { [field: string]: unknown }
  /** Names to be looked up or created. */
  tags: string[]
  account: string | null
}

export type RowOutcome =
  | { ok: true; draft: Draft; problems: CellProblem[] }
  | { ok: false; line: number; reason: string }

type Read = { ok: true; value: unknown } | { ok: false; reason: string }

const readNumber = (text: string): number => {
  const bare = text.replace(/[^\d.,-]/g, '')
  const decimal = bare.lastIndexOf(',') > bare.lastIndexOf('.') ? ',' : '.'
  const isThousands =
    decimal === ',' ? /^-?\d{1,3}(,\d{3})+$/.test(bare) : /^-?\d{1,3}(\.\d{3})+$/.test(bare)
  if (isThousands) return Number(bare.replace(/[.,]/g, ''))
  const other = decimal === ',' ? /\./g : /,/g
  return bare === '' ? Number.NaN : Number(bare.replace(other, '').replace(decimal, '.'))
}

const two = (text: string): string => text.padStart(2, '0')

/** ISO, dotted and slashed dates as `YYYY-MM-DD`; text that is no date comes back as it is. */
export const readDay = (text: string, dayFirst: boolean): string => {
  const [, y, m, d] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text) ?? []
  if (y && m && d) return `${y}-${two(m)}-${two(d)}`
  const [, a, separator, b, year] = /^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$/.exec(text) ?? []
  if (!a || !b || !year) return text
  const isDayFirst = separator === '.' || Number(a) > 12 || (dayFirst && Number(b) <= 12)
  return isDayFirst ? `${year}-${two(b)}-${two(a)}` : `${year}-${two(a)}-${two(b)}`
}

const unclearDay = /^(0?[1-9]|1[0-2])[/-](0?[1-9]|1[0-2])[/-]\d{4}$/

/** Whether a table holds dates such as 03/04/2024, of which nobody can tell day and month. */
export const hasUnclearDays = ({ rows }: Table): boolean =>
  rows.some(({ cells }) =>
    cells.some((cell) => {
      const [, a, b] = unclearDay.exec(cell.trim()) ?? []
      return a !== undefined && b !== undefined && Number(a) !== Number(b)
    }),
  )

const readChoice = (field: AnyField, text: string): unknown =>
  field.options?.find((option) => option === text.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? text

const convertText = (field: AnyField, text: string, options: ConvertOptions): unknown => {
  switch (field.kind) {
    case 'phone':
      return normalisePhone(text, options.country)
    case 'integer':
      return Math.round(readNumber(text))
    case 'decimal':
      return readNumber(text)
    case 'currency':
      return text.toUpperCase()
    case 'money':
      return majorToMinor(readNumber(text), options.currency)
    case 'flag':
      return /^(true|yes|1|x|ja|y)$/i.test(text)
    case 'choice':
      return readChoice(field, text)
    case 'day':
      return readDay(text, options.dayFirst)
    case 'instant': {
      const ms = Date.parse(text)
      return Number.isNaN(ms) ? text : new Date(ms).toISOString()
    }
    default:
      return text
  }
}

const readCell = (field: AnyField, text: string, options: ConvertOptions): Read => {
  const value = convertText(field, text, options)
  const [problem] = problemsOf(valueSchema({ ...field, required: false }), value, '')
  return problem ? { ok: false, reason: problem.message } : { ok: true, value }
}

/** Google puts several values into one cell. */
const several = (cell: string): string[] =>
  cell
    .split(':::')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const tagsOf = (cell: string): string[] =>
  cell
    .split(/[;,]|:::/)
    .map((tag) => tag.replace(/^\* /, '').trim())
    .filter((tag) => tag !== '' && tag.toLowerCase() !== 'mycontacts')

const emptyItem = (field: AnyField): { [part: string]: unknown } =>
  Object.fromEntries(
    Object.entries(field.item ?? {}).map(([name, part]) => [
      name,
      part.kind === 'flag' ? false : null,
    ]),
  )

type Building = {
  draft: Draft
  problems: CellProblem[]
  entity: AnyEntity
  options: ConvertOptions
}

const putProperty = ({ draft }: Building, column: string, value: string): void => {
  draft.values.properties = {
    ...(draft.values.properties as object | undefined),
    [column.slice(0, 100)]: value,
  }
}

const putPart = (building: Building, path: string, column: string, text: string): void => {
  const [name = '', partName = ''] = path.split('.')
  const field = building.entity.fields[name]
  const part = field?.item?.[partName]
  if (!field || !part) return
  const read = readCell(part, text, building.options)
  if (!read.ok) {
    building.problems.push({ line: building.draft.line, column, reason: read.reason, value: text })
    return
  }
  const held = Array.isArray(building.draft.values[name]) ? building.draft.values[name] : []
  // Parts of an address gather in one item; every further phone or e-mail address is one of its own.
  const gathers = name === 'addresses' && held.length > 0
  const item = { ...(gathers ? held[0] : emptyItem(field)), [partName]: read.value }
  building.draft.values[name] = gathers ? [item, ...held.slice(1)] : [...held, item]
}

const overflow: Record<string, string> = {
  email: 'emails.address',
  phone: 'phones.number',
  mobile: 'phones.number',
}

const putField = (building: Building, name: string, column: string, text: string): void => {
  const { entity, draft, options, problems } = building
  const field = entity.fields[name]
  if (!field) return
  if (field.kind === 'tags') {
    draft.tags.push(...tagsOf(text))
    return
  }
  const [first = '', ...rest] = several(text)
  const read = readCell(field, first, options)
  if (read.ok) draft.values[name] = read.value
  else {
    problems.push({ line: draft.line, column, reason: read.reason, value: text })
    if ('properties' in entity.fields) putProperty(building, column, text)
  }
  const more = overflow[name]
  if (more && (more.split('.')[0] ?? '') in entity.fields)
    for (const part of rest) putPart(building, more, column, part)
}

/** Converts one row. A row is given up only if a required field stays empty. */
export const convertRow = (
  entity: AnyEntity,
  input: { headings: readonly string[]; targets: readonly ColumnTarget[]; row: TableRow },
  options: ConvertOptions,
): RowOutcome => {
  const { headings, targets, row } = input
  const draft: Draft = { line: row.line, values: {}, tags: [], account: null }
  const building: Building = { draft, problems: [], entity, options }
  targets.forEach((target, index) => {
    const text = (row.cells[index] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
    const column = headings[index] ?? String(index + 1)
    if (text === '' || target.to === 'ignore') return
    if (target.to === 'account') draft.account = text
    else if (target.to === 'property') putProperty(building, column, text)
    else if (target.field.includes('.')) putPart(building, target.field, column, text)
    else putField(building, target.field, column, text)
  })
  fillTitle(entity, draft)
  const [problem] = [...missingFields(entity, draft.values), ...checkValues(entity, draft.values)]
  if (problem) return { ok: false, line: row.line, reason: `${problem.path}: ${problem.message}` }
  return { ok: true, draft, problems: building.problems }
}

/** People without a first name are known by their last name, company or address. */
const fillTitle = (entity: AnyEntity, draft: Draft): void => {
  if (entity.name !== 'contact' || draft.values.firstName) return
  const { lastName, email } = draft.values
  if (lastName) Object.assign(draft.values, { firstName: lastName, lastName: null })
  else if (typeof email === 'string') draft.values.firstName = email.split('@')[0]
  else if (draft.account) draft.values.firstName = draft.account
}

/** Converts a whole table, a chunk at a time, so that the caller can show progress or stop. */
export function* convertTable(
  entity: AnyEntity,
  input: { table: Table; targets: readonly ColumnTarget[] },
  options: ConvertOptions,
): Generator<RowOutcome> {
  const { headings, rows } = input.table
  for (const row of rows)
    yield convertRow(entity, { headings, targets: input.targets, row }, options)
}
