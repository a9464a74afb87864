/** Reads and converts files off the window's thread. */
import '../../../shared/kernel/no-jit'
import * as Comlink from 'comlink'
import { entityNamed } from '../../../shared/features/index'
import {
  type ConvertOptions,
  convertTable,
  type RowOutcome,
} from '../../../shared/portability/convert'
import { detectDelimiter, readCsv } from '../../../shared/portability/csv'
import { decodeText, type Encoding, isBinary } from '../../../shared/portability/decode'
import type { ColumnTarget } from '../../../shared/portability/mapping'
import type { Table } from '../../../shared/portability/table'
import { isVcard, readVcards } from '../../../shared/portability/vcard'

export type ReadFile =
  | {
      ok: true
      table: Table
      encoding: Encoding
      delimiter: string | null
      format: 'csv' | 'vcard'
    }
  | { ok: false; why: 'empty' | 'headings' | 'binary' }

const api = {
  read: (bytes: Uint8Array, choice: { encoding?: Encoding; delimiter?: string }): ReadFile => {
    if (bytes.byteLength === 0) return { ok: false, why: 'empty' }
    if (isBinary(bytes)) return { ok: false, why: 'binary' }
    const { text, encoding } = decodeText(bytes, choice.encoding)
    if (text.trim() === '') return { ok: false, why: 'empty' }
    if (isVcard(text))
      return { ok: true, table: readVcards(text), encoding, delimiter: null, format: 'vcard' }
    const delimiter = choice.delimiter ?? detectDelimiter(text)
    const table = readCsv(text, delimiter)
    if (table.rows.length === 0 && table.problems.length === 0)
      return { ok: false, why: 'headings' }
    return { ok: true, table, encoding, delimiter, format: 'csv' }
  },
  convert: (
    entityName: string,
    input: { table: Table; targets: ColumnTarget[] },
    options: ConvertOptions,
  ): RowOutcome[] => {
    const entity = entityNamed(entityName)
    return entity ? [...convertTable(entity, input, options)] : []
  },
}

export type ImportWorker = typeof api

Comlink.expose(api)
