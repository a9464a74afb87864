/** Any file that people import: CSV in whatever encoding, vCard, Excel workbook. */
import { detectDelimiter, readCsv } from './csv'
import { decodeText, type Encoding, isBinary } from './decode'
import type { Table } from './table'
import { isVcard, readVcards } from './vcard'
import { isWorkbook, readWorkbook } from './xlsx'

export type ReadFile =
  | {
      ok: true
      table: Table
      format: 'csv' | 'vcard' | 'xlsx'
      /** `null` where the format leaves no choice. */
      encoding: Encoding | null
      delimiter: string | null
    }
  | { ok: false; why: 'empty' | 'headings' | 'binary' | 'workbook' }

const readExcel = async (bytes: Uint8Array): Promise<ReadFile> => {
  try {
    const table = await readWorkbook(bytes)
    return { ok: true, table, format: 'xlsx', encoding: null, delimiter: null }
  } catch {
    // Damaged, encrypted, or another kind of archive: to the sender all of it means the same.
    return { ok: false, why: 'workbook' }
  }
}

const readText = (
  bytes: Uint8Array,
  choice: { encoding?: Encoding; delimiter?: string },
): ReadFile => {
  const { text, encoding } = decodeText(bytes, choice.encoding)
  if (text.trim() === '') return { ok: false, why: 'empty' }
  if (isVcard(text))
    return { ok: true, table: readVcards(text), encoding, delimiter: null, format: 'vcard' }
  const delimiter = choice.delimiter ?? detectDelimiter(text)
  return { ok: true, table: readCsv(text, delimiter), encoding, delimiter, format: 'csv' }
}

/** Reads a file; what is detected can be overridden. */
export const readFile = async (
  bytes: Uint8Array,
  choice: { encoding?: Encoding; delimiter?: string } = {},
): Promise<ReadFile> => {
  if (bytes.byteLength === 0) return { ok: false, why: 'empty' }
  if (!isWorkbook(bytes) && isBinary(bytes)) return { ok: false, why: 'binary' }
  const read = isWorkbook(bytes) ? await readExcel(bytes) : readText(bytes, choice)
  const isBare = read.ok && read.table.rows.length === 0 && read.table.problems.length === 0
  return isBare ? { ok: false, why: 'headings' } : read
}
