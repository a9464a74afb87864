/** `POST /{plural}/import`: records from CSV, XLSX or JSON, with an outcome for each line. */
import type { Context } from 'hono'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import Papa from 'papaparse'
import { type AnyEntity, fieldOf, shownFields } from '../../shared/kernel/entity'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import { camelToSnake, snakeToCamel } from '../../shared/kernel/wire'
import { decodeText } from '../../shared/portability/decode'
import type { AuthEnv } from '../auth/authenticate'
import { readJson } from './body'
import {
  type CrudDeps,
  createRequestTools,
  idOf,
  pathEntity,
  wasCreatedBefore,
  withDefaults,
} from './crud'
import { fromCell } from './portability-cells'
import type { EditInput } from './ports'
import { gateRefusal, invalidRecord } from './problem'

type Values = { [name: string]: unknown }
type Line = { line: number } & ({ values: Values } | { errors: FieldProblem[] })
type Failure = { line: number; errors: FieldProblem[] }
type Wanted = { line: number; edit: EditInput }

const maxLines = 10_000
/** Few enough that others are served between two of them. */
const linesPerCommit = 500

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

const linesOfCsv = (entity: AnyEntity, text: string): Line[] => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false })
  const [headings = [], ...rows] = data
  requireKnown(entity, headings)
  const names = headings.map((heading) => wireNameOf(entity, heading))
  const state = { line: 1 + breaksIn(headings) }
  return rows.flatMap((cells): Line[] => {
    state.line += 1
    const line = state.line
    state.line += breaksIn(cells)
    if (cells.every((cell) => cell.trim() === '')) return []
    if (cells.length > names.length)
      return [{ line, errors: [{ path: '', message: 'has more cells than the first line' }] }]
    return [{ line, values: rowValues(entity, names, cells) }]
  })
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)

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

const cellText = (value: CellValue): string =>
  value instanceof Date ? value.toISOString() : String(value ?? '')

const linesOfXlsx = async (entity: AnyEntity, bytes: Uint8Array): Promise<Line[]> => {
  const rows = await firstSheet(bytes)
  const [headings = [], ...body] = rows.map((cells) => cells.map(cellText))
  requireKnown(entity, headings)
  const names = headings.map((heading) => wireNameOf(entity, heading))
  return body.flatMap((cells, index): Line[] => {
    const line = index + 2
    if (cells.every((cell) => cell.trim() === '')) return []
    if (cells.slice(names.length).some((cell) => cell !== ''))
      return [{ line, errors: [{ path: '', message: 'has more cells than the first line' }] }]
    return [{ line, values: rowValues(entity, names, cells) }]
  })
}

const firstSheet = async (bytes: Uint8Array): Promise<CellValue[][]> => {
  try {
    const { sheets } = await readXlsx(bytes, { sheets: [0], maxRows: maxLines + 2 })
    return sheets[0]?.rows ?? []
  } catch (error) {
    const detail =
      'The file is not a workbook that can be read. Save it as XLSX without a password.'
    throw new Refusal('request.malformed', { detail, cause: error })
  }
}

/** Workbooks are zip files; everything else is text in whatever encoding it came in. */
const linesOfTable = (entity: AnyEntity, bytes: Uint8Array): Promise<Line[]> | Line[] =>
  bytes[0] === 0x50 && bytes[1] === 0x4b
    ? linesOfXlsx(entity, bytes)
    : linesOfCsv(entity, decodeText(bytes).text)

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

const readLines = async (c: Context<AuthEnv>, entity: AnyEntity): Promise<Line[]> => {
  const type = c.req.header('content-type') ?? ''
  if (type.includes('json')) return linesOfJson(await readJson(c))
  if (!type.startsWith('multipart/'))
    return linesOfTable(entity, new Uint8Array(await c.req.arrayBuffer()))
  const { file } = await c.req.parseBody()
  if (!(file instanceof File))
    throw new Refusal('request.malformed', { detail: 'The form has no file called "file".' })
  if (file.type.includes('json')) return linesOfJson(parsedJson(await file.text()))
  return linesOfTable(entity, new Uint8Array(await file.arrayBuffer()))
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal('request.malformed', { detail: 'The file is not valid JSON.', cause: error })
  }
}

const problemsOf = ({ errors, message }: Refusal): FieldProblem[] =>
  errors.length > 0 ? errors : [{ path: '', message }]

type Reading = { deps: CrudDeps; c: Context<AuthEnv>; entity: AnyEntity }

/** The edits that lines ask for; lines that cannot be read go to `failed`. */
const readEdits = async (
  { deps, c, entity }: Reading,
  lines: readonly Line[],
  failed: Failure[],
) => {
  const tools = createRequestTools(deps, c)
  const { newId } = c.get('idempotency')
  const known = new Set(
    lines.flatMap((one) => ('values' in one ? [String(one.values.id).toLowerCase()] : [])),
  )
  const wanted: Wanted[] = []
  const tagEdits: EditInput[] = []
  for (const one of lines) {
    // Taken for every line, so that a resumed import gives each line the id it had.
    const spare = newId()
    if ('errors' in one) {
      failed.push(one)
      continue
    }
    try {
      const id = idOf(one.values, () => spare)
      const { tagEdits: brought, ...edit } = await tools.toEdit(entity, { body: one.values, known })
      const s = withDefaults(entity, edit.s)
      tagEdits.push(...brought)
      wanted.push({
        line: one.line,
        edit: { ...edit, entity: entity.name, id, s, mustBeNew: true },
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed.push({ line: one.line, errors: problemsOf(error) })
    }
  }
  return { wanted, tagEdits }
}

const requireFew = (lines: readonly Line[]): void => {
  if (lines.length > maxLines)
    throw new Refusal('request.too-large', {
      detail: `An import takes ${maxLines} records at most; this one has ${lines.length}.`,
    })
}

/** Creates what can be created and says of every other line why not. */
export const importRecords = async (deps: CrudDeps, c: Context<AuthEnv>): Promise<Response> => {
  const entity = pathEntity(c, 'create')
  const lines = await readLines(c, entity)
  requireFew(lines)
  return deps.tagLock(c.get('principal').workspaceId, () => createAll({ deps, c, entity }, lines))
}

const createAll = async ({ deps, c, entity }: Reading, lines: readonly Line[]) => {
  const failed: Failure[] = []
  const { wanted, tagEdits } = await readEdits({ deps, c, entity }, lines, failed)
  const actor = { ...c.get('actor'), via: 'import' as const }
  if (tagEdits.length > 0) await deps.commit(actor, tagEdits)
  const ids: string[] = []
  for (let start = 0; start < wanted.length; start += linesPerCommit) {
    const part = wanted.slice(start, start + linesPerCommit)
    const outcomes = await deps.commit(
      actor,
      part.map(({ edit }) => edit),
    )
    part.forEach(({ line, edit }, index) => {
      const outcome = outcomes[index]
      if (outcome?.ok || wasCreatedBefore(c, outcome)) ids.push(edit.id)
      else if (outcome) failed.push({ line, errors: problemsOf(gateRefusal(outcome.refusal)) })
    })
  }
  failed.sort((a, b) => a.line - b.line)
  return c.json({ created: ids.length, failed, ids })
}
