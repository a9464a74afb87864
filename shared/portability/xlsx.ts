/** Excel workbooks (ECMA-376) as tables: the first sheet that holds anything, dates as ISO 8601. */
import { type CellValue, readXlsx, writeXlsxStream } from 'hucre/xlsx'
import type { Table, TableRow } from './table'

/** The media type of XLSX. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What Excel takes into one cell; more makes the file unreadable to it. */
const maxCell = 32_767

/** Whether the bytes are a zip archive, which is what a workbook is. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

const asText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return ''
  if (!(value instanceof Date)) return String(value)
  const text = value.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

const isFilled = (cells: readonly string[]): boolean => cells.some((cell) => cell.trim() !== '')

/** Reads a workbook; throws where the archive is damaged, encrypted or no workbook. */
export const readWorkbook = async (bytes: Uint8Array): Promise<Table> => {
  const { sheets } = await readXlsx(bytes)
  const tables = sheets.map(({ rows }) =>
    rows.map((row, index): TableRow => ({ line: index + 1, cells: [...row].map(asText) })),
  )
  const rows = tables.find((one) => one.some(({ cells }) => isFilled(cells))) ?? []
  const [head, ...body] = rows.filter(({ cells }) => isFilled(cells))
  const headings = (head?.cells ?? []).map((cell) => cell.trim())
  while (headings.length > 0 && headings.at(-1) === '') headings.pop()
  const isTooWide = ({ cells }: TableRow) => isFilled(cells.slice(headings.length))
  return {
    headings,
    rows: body.filter((row) => !isTooWide(row)),
    problems: body
      .filter(isTooWide)
      .map(({ line }) => ({ line, reason: 'The line has cells beyond the last heading.' })),
  }
}

const fitting = (cell: string | number | null): string | number | null =>
  typeof cell === 'string' && cell.length > maxCell ? `${cell.slice(0, maxCell - 1)}…` : cell

/**
 * Rows as a workbook of one sheet, written as they come. Text stays text: Excel computes nothing
 * that stands in such a cell.
 */
export const writeWorkbook = (
  name: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): ReadableStream<Uint8Array> => {
  async function* cells() {
    for await (const row of rows) yield row.map(fitting)
  }
  return writeXlsxStream(cells(), {
    name: name.slice(0, 31),
    columns: headings.map((header) => ({ header, width: 18 })),
    freezePane: { rows: 1 },
  })
}
