/** Records as a file made on this machine, so that it works offline; the same columns as the server's. */
import Papa from 'papaparse'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { rowToWire } from '../../../shared/kernel/wire'
import { exportColumns, sheetCell, toCell } from '../../../shared/portability/cells'
import type { LocalStore } from '../../local/api'
import { largePart } from '../large-part'
import { saveFile, textFile } from '../save-file'

const workbooks = largePart(() => import('../../../shared/portability/xlsx'))

const chunk = 1000

type Input = { store: LocalStore; entity: AnyEntity; ids: readonly string[]; currency: string }

/** The formats in which selected records can be saved. */
export const exportFormats = ['csv', 'xlsx'] as const

const wireRows = async function* ({ store, entity, ids, currency }: Input) {
  const tags = await store.list({ entity: 'tag', limit: 5000 })
  const tagNames = new Map(tags.rows.map((tag) => [tag.id, String(tag.name)]))
  const context = { currency, tagName: (id: string) => tagNames.get(id) }
  for (let start = 0; start < ids.length; start += chunk)
    for (const row of await store.getMany(entity.name, ids.slice(start, start + chunk)))
      yield rowToWire(entity, row, context)
}

const asCsv = async (input: Input): Promise<Blob> => {
  const columns = exportColumns(input.entity)
  const lines = [columns.map(([name]) => name)]
  for await (const row of wireRows(input))
    lines.push(columns.map(([name, field]) => toCell(field, row[name])))
  // Without the mark Excel takes UTF-8 for the machine's old code page.
  return textFile(`\uFEFF${Papa.unparse(lines)}\r\n`, 'text/csv')
}

const asXlsx = async (input: Input): Promise<Blob> => {
  // Loaded when first asked for: on most days nobody exports.
  const { writeWorkbook, xlsxType } = await workbooks()
  const columns = exportColumns(input.entity)
  const headings = columns.map(([name]) => name)
  async function* cells() {
    for await (const row of wireRows(input))
      yield columns.map(([name, field]) => sheetCell(field, row[name]))
  }
  const workbook = writeWorkbook(input.entity.labelPlural, headings, cells())
  return new Blob([await new Response(workbook).arrayBuffer()], { type: xlsxType })
}

/** Saves the records with the API's column names. */
export const exportRows = async (
  input: Input,
  format: (typeof exportFormats)[number],
): Promise<void> => {
  const make = { csv: asCsv, xlsx: asXlsx }
  saveFile(`${input.entity.plural}.${format}`, await make[format](input))
}
