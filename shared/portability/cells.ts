/** Values of the wire as cells of a table, and back. */
import { type AnyEntity, shownFields } from '../kernel/entity'
import type { AnyField, FieldKind } from '../kernel/field'
import { camelToSnake } from '../kernel/wire'

/** A column of an exported table: its name on the wire, and the field unless it is the row's own. */
export type Column = [wireName: string, field: AnyField | undefined]

/** The columns of an export, the same wherever it is made. */
export const exportColumns = (entity: AnyEntity): Column[] => [
  ['id', undefined],
  ...shownFields(entity).map(([name, field]): Column => [camelToSnake(name), field]),
  ['created_at', undefined],
  ['updated_at', undefined],
]

/**
 * What a spreadsheet would take for a formula (OWASP, CSV injection), and whatever already stands
 * behind apostrophes before such a sign, so that reading can take exactly one away again.
 */
const formula = /^'*[=+\-@\t\r]/
/** Plain numbers and E.164 phone numbers compute to nothing but themselves. */
const plainNumber = /^[+-]?\d+(\.\d+)?$/

const guarded = (text: string): string =>
  formula.test(text) && !plainNumber.test(text) ? `'${text}` : text

const unguarded = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text

const isPlainName = (name: unknown): boolean =>
  typeof name === 'string' && !/[;[]/.test(name) && name.trim() === name

const tagCell = (value: unknown): string => {
  if (!Array.isArray(value)) return ''
  return value.every(isPlainName) ? value.join('; ') : JSON.stringify(value)
}

const textCell = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value)

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || Object.keys(value).length === 0

const structureCell = (value: unknown): string => (isEmpty(value) ? '' : JSON.stringify(value))

const writers = {
  text: textCell,
  longText: textCell,
  richText: textCell,
  email: textCell,
  phone: textCell,
  url: textCell,
  integer: textCell,
  decimal: textCell,
  currency: textCell,
  money: textCell,
  flag: textCell,
  choice: textCell,
  day: textCell,
  instant: textCell,
  recurrence: textCell,
  ref: textCell,
  tags: tagCell,
  list: structureCell,
  map: structureCell,
} as const satisfies Record<FieldKind, (value: unknown) => string>

/** A value of the wire as a cell that no spreadsheet executes. */
export const toCell = (field: AnyField | undefined, value: unknown): string =>
  guarded(field ? writers[field.kind](value) : textCell(value))

/** For workbooks: numbers as numbers, all else as the text that CSV has, so that the import reads both alike. */
export const sheetCell = (field: AnyField | undefined, value: unknown): string | number =>
  typeof value === 'number' ? value : toCell(field, value)

const asText = (cell: string): unknown => cell

/** What cannot be read stays text, for the schema to refuse with the line's number. */
const asNumber = (cell: string): unknown => (plainNumber.test(cell.trim()) ? Number(cell) : cell)

const flagWords: Record<string, boolean> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
}
const asFlag = (cell: string): unknown => {
  const word = cell.trim().toLowerCase()
  return Object.hasOwn(flagWords, word) ? flagWords[word] : cell
}

const asStructure = (cell: string): unknown => {
  try {
    return JSON.parse(cell)
  } catch {
    // Not JSON: left for the schema to refuse.
    return cell
  }
}

const asTags = (cell: string): unknown =>
  cell.startsWith('[')
    ? asStructure(cell)
    : cell
        .split(';')
        .map((name) => name.trim())
        .filter((name) => name !== '')

const trimmed = (cell: string): unknown => cell.trim()

const readers = {
  text: asText,
  longText: asText,
  richText: asText,
  email: trimmed,
  phone: trimmed,
  url: trimmed,
  integer: asNumber,
  decimal: asNumber,
  currency: trimmed,
  money: asNumber,
  flag: asFlag,
  choice: trimmed,
  day: trimmed,
  instant: trimmed,
  recurrence: trimmed,
  ref: trimmed,
  tags: asTags,
  list: asStructure,
  map: asStructure,
} as const satisfies Record<FieldKind, (cell: string) => unknown>

/** A cell as a value of the wire. */
export const fromCell = (field: AnyField | undefined, cell: string): unknown =>
  field ? readers[field.kind](unguarded(cell)) : unguarded(cell)
