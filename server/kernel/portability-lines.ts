/** What an import request brings: JSON, or any file that people export somewhere, as lines of wire values. */
import type { Context } from 'hono'
import { type AnyEntity, fieldOf, shownFields } from '../../shared/kernel/entity'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import { camelToSnake, snakeToCamel, valuesToWire } from '../../shared/kernel/wire'
import { fromCell } from '../../shared/portability/cells'
import { convertTable, type RowOutcome } from '../../shared/portability/convert'
import { suggestMapping } from '../../shared/portability/mapping'
import { type ReadFile, readFile } from '../../shared/portability/read-file'
import type { Table } from '../../shared/portability/table'
import type { AuthEnv } from '../auth/authenticate'
import { readJson } from './body'
import { invalidRecord } from './problem'
import { invalidQuery } from './query'

type Values = { [name: string]: unknown }

/** One record to be created, or what is wrong with its line. `account` is one known by its name alone. */
export type Line = { line: number } & (
  | { values: Values; account?: string | null }
  | { errors: FieldProblem[] }
)

const rowColumns = ['id', 'name', 'created_by', 'created_at', 'updated_at', 'deleted_at']

/** The wire name that a column's heading means: itself, or a field's label. */
const wireNameOf = (entity: AnyEntity, heading: string): string => {
  const wanted = heading
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
  const fields = shownFields(entity)
  const named = fields.find(([name]) => camelToSnake(name) === wanted)
  const found = named ?? fields.find(([, { label }]) => label.toLowerCase() === wanted)
  return found ? camelToSnake(found[0]) : wanted
}

const requireKnown = (entity: AnyEntity, headings: readonly string[]): void => {
  const unknown = headings.filter((heading) => {
    const name = wireNameOf(entity, heading)
    return name !== '' && !rowColumns.includes(name) && !fieldOf(entity, snakeToCamel(name))
  })
  if (unknown.length > 0)
    throw invalidRecord(
      unknown.map((path) => ({ path, message: `${entity.label} has no such field` })),
    )
}

/** Every column must be a field: whoever writes the file for this interface wants to learn of a slip. */
const linesOfTable = (entity: AnyEntity, { headings, rows }: Table): Line[] => {
  requireKnown(entity, headings)
  const names = headings.map((heading) => wireNameOf(entity, heading))
  return rows.map(({ line, cells }) => ({ line, values: rowValues(entity, names, cells) }))
}

const lineOfOutcome = (entity: AnyEntity, outcome: RowOutcome, currency: string): Line => {
  if (!outcome.ok) return { line: outcome.line, errors: [{ path: '', message: outcome.reason }] }
  const { line, values, tags, account } = outcome.draft
  const wire = valuesToWire(entity, values, { currency, tagName: () => undefined })
  return { line, values: { ...wire, ...(tags.length > 0 ? { tags } : {}) }, account }
}

/** Headings of well-known exports find their fields; what has none is kept as a property or left out. */
const mappedLines = (entity: AnyEntity, table: Table, currency: string): Line[] => {
  const targets = suggestMapping(entity, table.headings)
  const outcomes = convertTable(entity, { table, targets }, { currency, dayFirst: true })
  return [...outcomes].map((outcome) => lineOfOutcome(entity, outcome, currency))
}

const unreadable = {
  empty: 'The file is empty.',
  headings: 'The file has headings but no rows.',
  binary: 'The file is neither text nor an Excel workbook.',
  workbook: 'The workbook cannot be read. It may be damaged or protected by a password.',
} as const satisfies Record<Extract<ReadFile, { ok: false }>['why'], string>

const isMapped = (c: Context<AuthEnv>): boolean => {
  const wanted = c.req.query('mapping') ?? 'strict'
  if (wanted !== 'strict' && wanted !== 'auto')
    throw invalidQuery([{ path: 'mapping', message: `${wanted} is not one of strict, auto` }])
  return wanted === 'auto'
}

const linesOfFile = async (
  c: Context<AuthEnv>,
  entity: AnyEntity,
  bytes: Uint8Array,
): Promise<Line[]> => {
  const mapped = isMapped(c)
  const read = await readFile(bytes)
  if (!read.ok && read.why === 'headings') return []
  if (!read.ok) throw new Refusal('request.malformed', { detail: unreadable[read.why] })
  const { table, format } = read
  const lines =
    mapped || format === 'vcard'
      ? mappedLines(entity, table, c.get('principal').currency)
      : linesOfTable(entity, table)
  const problems = table.problems.map(
    ({ line, reason }): Line => ({
      line,
      errors: [{ path: '', message: reason }],
    }),
  )
  return [...lines, ...problems].sort((one, other) => one.line - other.line)
}

const rowValues = (
  entity: AnyEntity,
  names: readonly string[],
  cells: readonly string[],
): Values => {
  const given = names.flatMap((name, index): [string, unknown][] => {
    const cell = cells[index] ?? ''
    return name === '' || cell === ''
      ? []
      : [[name, fromCell(entity.fields[snakeToCamel(name)], cell)]]
  })
  return Object.fromEntries(given)
}

const linesOfJson = (body: unknown): Line[] => {
  const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : body
  if (!Array.isArray(items))
    throw new Refusal('request.malformed', { detail: 'The body must be {"items": [...]}.' })
  return items.map((item: unknown, index) => {
    const isObject = typeof item === 'object' && item !== null && !Array.isArray(item)
    return isObject
      ? { line: index + 1, values: Object.fromEntries(Object.entries(item)) }
      : { line: index + 1, errors: [{ path: '', message: 'must be an object' }] }
  })
}

/** The lines of the request; throws a `Refusal` where the file as a whole cannot be used. */
export const readLines = async (c: Context<AuthEnv>, entity: AnyEntity): Promise<Line[]> => {
  const type = c.req.header('content-type') ?? ''
  if (type.includes('json')) return linesOfJson(await readJson(c))
  if (!type.startsWith('multipart/'))
    return linesOfFile(c, entity, new Uint8Array(await c.req.arrayBuffer()))
  const { file } = await c.req.parseBody()
  if (!(file instanceof File))
    throw new Refusal('request.malformed', { detail: 'The form has no file called "file".' })
  if (file.type.includes('json')) return linesOfJson(parsedJson(await file.text()))
  return linesOfFile(c, entity, new Uint8Array(await file.arrayBuffer()))
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal('request.malformed', { detail: 'The file is not valid JSON.', cause: error })
  }
}
