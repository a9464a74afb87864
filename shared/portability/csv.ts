/** CSV (RFC 4180 and what exports make of it) with true line numbers. */
import Papa from 'papaparse'
import type { LineProblem, Table, TableRow } from './table'

export const delimiters = [',', ';', '\t', '|'] as const

const countLines = (text: string): number => (text.match(/\r\n|\r|\n/g) ?? []).length

/** The delimiter that splits the first lines best. */
export const detectDelimiter = (text: string): string => {
  const sample = text
    .split(/\r\n|\r|\n/)
    .slice(0, 20)
    .join('\n')
  const scored = delimiters.map((delimiter) => {
    const { data } = Papa.parse<string[]>(sample, { delimiter, skipEmptyLines: 'greedy' })
    const widths = data.map((row) => row.length)
    const first = widths[0] ?? 1
    const even = widths.filter((width) => width === first).length
    return { delimiter, score: first > 1 ? first * even : 0 }
  })
  return scored.sort((a, b) => b.score - a.score)[0]?.delimiter ?? ','
}

const unclosed = 'A quote is opened and not closed.'

/** Reads a CSV text. Rows of another width than the headings are reported and left out. */
export const readCsv = (text: string, delimiter = detectDelimiter(text)): Table => {
  const rows: TableRow[] = []
  const problems: LineProblem[] = []
  let line = 1
  let previous = 0
  let start = 1
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors, meta }) => {
      start = line
      line += countLines(text.slice(previous, meta.cursor))
      previous = meta.cursor
      if (errors.some(({ type }) => type === 'Quotes'))
        problems.push({ line: start, reason: unclosed })
      else if (data.some((cell) => cell.trim() !== '')) rows.push({ line: start, cells: data })
    },
  })
  const [head, ...body] = rows
  const headings = (head?.cells ?? []).map((cell) => cell.trim())
  while (headings.length > 0 && headings.at(-1) === '') headings.pop()
  const fitting = body.filter((row) => {
    const surplus = row.cells.slice(headings.length).some((cell) => cell.trim() !== '')
    if (surplus)
      problems.push({
        line: row.line,
        reason: `The line has ${row.cells.length} columns where ${headings.length} are expected.`,
        value: row.cells.join(delimiter).slice(0, 200),
      })
    return !surplus
  })
  return { headings, rows: fitting, problems }
}

/**
 * A cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV
 * injection); plain numbers and E.164 phone numbers compute to themselves and stay.
 */
export const safeCell = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text

/** Rows as CSV with a byte order mark, which Excel wants for UTF-8. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${Papa.unparse(rows.map((row) => row.map(safeCell)))}\r\n`
