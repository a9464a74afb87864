/** `GET /{plural}/export`: the records of a list request as a file, streamed page by page. */
import type { Context } from 'hono'
import Papa from 'papaparse'
import type { AnyEntity } from '../../shared/kernel/entity'
import { type Column, exportColumns, sheetCell, toCell } from '../../shared/portability/cells'
import { writeWorkbook, xlsxType } from '../../shared/portability/xlsx'
import type { AuthEnv } from '../auth/authenticate'
import { type CrudDeps, createRequestTools, pathEntity, withTagIds } from './crud'
import { invalidQuery, readListRequest } from './query'

type Values = { [name: string]: unknown }

/** The formats of an export. */
export const exportFormats = ['csv', 'xlsx', 'json'] as const

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: xlsxType,
  json: 'application/json',
} as const satisfies Record<(typeof exportFormats)[number], string>

const pageSize = 500

const csvLine = (cells: readonly string[]): string => `${Papa.unparse([[...cells]])}\r\n`

async function* asCsv(pages: AsyncIterable<Values[]>, columns: readonly Column[]) {
  yield csvLine(columns.map(([name]) => name))
  for await (const page of pages)
    yield page
      .map((row) => csvLine(columns.map(([name, field]) => toCell(field, row[name]))))
      .join('')
}

async function* asJson(pages: AsyncIterable<Values[]>) {
  yield '{"items":['
  let separator = ''
  for await (const page of pages) {
    if (page.length > 0) yield separator + page.map((row) => JSON.stringify(row)).join(',')
    if (page.length > 0) separator = ','
  }
  yield ']}'
}

const asWorkbook = (
  entity: AnyEntity,
  pages: AsyncIterable<Values[]>,
  columns: readonly Column[],
): ReadableStream<Uint8Array> => {
  async function* rows() {
    for await (const page of pages)
      for (const row of page) yield columns.map(([name, field]) => sheetCell(field, row[name]))
  }
  return writeWorkbook(
    entity.labelPlural,
    columns.map(([name]) => name),
    rows(),
  )
}

const toStream = (chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => {
      await chunks.return(undefined)
    },
  })
}

const readFormat = (c: Context): (typeof exportFormats)[number] => {
  const wanted = c.req.query('format') ?? 'csv'
  const format = exportFormats.find((known) => known === wanted)
  if (!format)
    throw invalidQuery([
      { path: 'format', message: `${wanted} is not one of ${exportFormats.join(', ')}` },
    ])
  return format
}

/** Answers with all records that the list request finds; paging parameters mean nothing here. */
export const exportRecords = async (deps: CrudDeps, c: Context<AuthEnv>): Promise<Response> => {
  const entity = pathEntity(c, 'read')
  const tools = createRequestTools(deps, c)
  const format = readFormat(c)
  // Read before the answer begins: a wrong filter is refused, not cut short.
  const request = await withTagIds(readListRequest(c, entity, tools.currency), tools)
  async function* pages() {
    const { cursor: _cursor, ...query } = { ...request, limit: pageSize, offset: 0 }
    let cursor: string | null = null
    do {
      const page = await tools.reader.list(tools.workspaceId, {
        ...query,
        ...(cursor === null ? {} : { cursor }),
      })
      yield await tools.toWire(entity, page.records)
      cursor = page.nextCursor
    } while (cursor !== null)
  }
  const bodies = {
    csv: () => toStream(asCsv(pages(), exportColumns(entity))),
    xlsx: () => asWorkbook(entity, pages(), exportColumns(entity)),
    json: () => toStream(asJson(pages())),
  }
  return new Response(bodies[format](), {
    headers: {
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="${entity.plural}.${format}"`,
    },
  })
}
