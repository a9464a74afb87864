/** `POST /{plural}/import` and `GET /{plural}/export`. */
import { type Context, Hono } from 'hono'
import Papa from 'papaparse'
import { type AnyEntity, shownFields } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import { camelToSnake, snakeToCamel } from '../../shared/kernel/wire'
import type { AuthEnv } from '../auth/authenticate'
import { readJson } from './body'
import { type CrudDeps, createRequestTools, pathEntity, withDefaults } from './crud'
import type { EditInput } from './ports'
import { readListRequest } from './query'

type Values = { [name: string]: unknown }
type Line = { line: number; values: Values }
type Failure = { line: number; errors: FieldProblem[] }

const exportPage = 500
const maxImportLines = 10_000

const systemColumns = ['created_at', 'updated_at']

const columnsOf = (entity: AnyEntity): string[] => [
  'id',
  ...shownFields(entity).map(([name]) => camelToSnake(name)),
  ...systemColumns,
]

/**
 * A cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV
 * injection); plain numbers and E.164 phone numbers are none.
 */
const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.join('; ')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}

const csvLine = (cells: readonly string[]): string => `${Papa.unparse([[...cells]])}\r\n`

async function* pagesOf(deps: CrudDeps, c: Context<AuthEnv>, entity: AnyEntity) {
  const tools = createRequestTools(deps, c)
  const { format: _format, ...request } = {
    ...readListRequest(c, entity, tools.currency),
    format: undefined,
  }
  let cursor: string | null = null
  do {
    const query = {
      ...request,
      limit: exportPage,
      offset: 0,
      ...(cursor === null ? {} : { cursor }),
    }
    const page = await deps.reader.list(tools.workspaceId, query)
    yield await tools.toWire(entity, page.records)
    cursor = page.nextCursor
  } while (cursor !== null)
}

async function* asCsv(pages: AsyncIterable<Values[]>, columns: readonly string[]) {
  yield csvLine(columns)
  for await (const page of pages)
    yield page.map((row) => csvLine(columns.map((name) => cellOf(row[name])))).join('')
}

async function* asJson(pages: AsyncIterable<Values[]>) {
  const state = { separator: '{"items":[' }
  for await (const page of pages)
    for (const row of page) {
      yield state.separator + JSON.stringify(row)
      state.separator = ','
    }
  yield state.separator === ',' ? ']}' : '{"items":[]}'
}

const toStream = (chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
  })
}

const exportRecords = async (deps: CrudDeps, c: Context<AuthEnv>) => {
  const entity = pathEntity(c)
  const format = c.req.query('format') ?? 'csv'
  if (format !== 'csv' && format !== 'json')
    throw new Refusal('query.invalid', {
      detail: `format: ${format} is not one of csv, json`,
      errors: [{ path: 'format', message: 'is not one of csv, json' }],
    })
  // Read once before the answer begins, so that a wrong filter is refused and not cut short.
  readListRequest(c, entity, c.get('principal').currency)
  const pages = pagesOf(deps, c, entity)
  const chunks = format === 'csv' ? asCsv(pages, columnsOf(entity)) : asJson(pages)
  return new Response(toStream(chunks), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'content-disposition': `attachment; filename="${entity.plural}.${format}"`,
    },
  })
}

/** The wire name that a column's heading means: itself, or a field's label. */
const wireNameOf = (entity: AnyEntity, heading: string): string => {
  const wanted = heading.trim().toLowerCase()
  const labelled = shownFields(entity).find(([, { label }]) => label.toLowerCase() === wanted)
  return labelled ? camelToSnake(labelled[0]) : wanted.replaceAll(/[\s-]+/g, '_')
}

const readCell = (entity: AnyEntity, name: string, text: string): unknown => {
  const field = entity.fields[snakeToCamel(name)]
  const cell = /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text
  if (cell === '') return field?.kind === 'tags' ? [] : null
  if (field?.kind === 'tags') return cell.split(';').map((tag) => tag.trim())
  if (field?.kind === 'list' || field?.kind === 'map') return readStructure(cell)
  if (field?.kind === 'integer' || field?.kind === 'money') return Number(cell)
  if (field?.kind === 'flag') return /^(true|1|yes)$/i.test(cell)
  return cell
}

const readStructure = (cell: string): unknown => {
  try {
    return JSON.parse(cell)
  } catch {
    // Left as text for the schema to refuse with the line's number.
    return cell
  }
}

const linesOfCsv = (entity: AnyEntity, text: string): Line[] => {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (heading) => wireNameOf(entity, heading),
  })
  return parsed.data.map((row, index) => ({
    line: index + 2,
    values: Object.fromEntries(
      Object.entries(row)
        .filter(([name, cell]) => name !== '' && typeof cell === 'string' && cell !== '')
        .map(([name, cell]) => [name, readCell(entity, name, cell)]),
    ),
  }))
}

const linesOfJson = (body: unknown): Line[] => {
  const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : body
  if (!Array.isArray(items))
    throw new Refusal('request.malformed', { detail: 'The body must be {"items": [...]}.' })
  return items.map((values, index) => ({ line: index + 1, values }))
}

const readLines = async (c: Context<AuthEnv>, entity: AnyEntity): Promise<Line[]> => {
  const type = c.req.header('content-type') ?? ''
  if (type.includes('json')) return linesOfJson(await readJson(c))
  if (!type.startsWith('multipart/')) return linesOfCsv(entity, await c.req.text())
  const { file } = await c.req.parseBody()
  if (file instanceof File) return linesOfCsv(entity, await file.text())
  throw new Refusal('request.malformed', { detail: 'The form has no file called "file".' })
}

const importRecords = async (deps: CrudDeps, c: Context<AuthEnv>) => {
  const entity = pathEntity(c)
  const tools = createRequestTools(deps, c)
  const lines = await readLines(c, entity)
  if (lines.length > maxImportLines)
    throw new Refusal('request.too-large', {
      detail: `An import takes ${maxImportLines} records at most.`,
    })
  const failed: Failure[] = []
  const edits: { line: number; edit: EditInput }[] = []
  const brought: EditInput[] = []
  for (const { line, values } of lines) {
    try {
      const { name: _name, id: _id, ...given } = values
      const body = 'name' in entity.fields ? { ...given, name: values.name } : given
      const { tagEdits, ...edit } = await tools.toEdit(entity, body)
      brought.push(...tagEdits)
      const s = withDefaults(entity, edit.s, c.get('principal').userId)
      edits.push({ line, edit: { ...edit, entity: entity.name, id: newId(), s, mustBeNew: true } })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed.push({ line, errors: wireErrors(error.errors, error.message) })
    }
  }
  const actor = { ...c.get('actor'), via: 'import' as const }
  const outcomes = await deps.commit(actor, [...brought, ...edits.map(({ edit }) => edit)])
  const ids: string[] = []
  edits.forEach(({ line, edit }, index) => {
    const outcome = outcomes[brought.length + index]
    if (outcome?.ok) ids.push(edit.id)
    else
      failed.push({
        line,
        errors: wireErrors(outcome?.refusal.errors ?? [], outcome?.refusal.detail ?? ''),
      })
  })
  failed.sort((a, b) => a.line - b.line)
  return c.json({ created: ids.length, failed, ids })
}

const wireErrors = (errors: readonly FieldProblem[], detail: string): FieldProblem[] =>
  errors.length === 0
    ? [{ path: '', message: detail }]
    : errors.map(({ path, message }) => ({ path: camelToSnake(path), message }))

/** The routes, to be mounted before the generic ones. */
export const createPortabilityRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.get('/:plural/export', (c) => exportRecords(deps, c))
  routes.post('/:plural/import', (c) => importRecords(deps, c))
  return routes
}
