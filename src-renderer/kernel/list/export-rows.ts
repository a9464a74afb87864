/** Records as a CSV file made on this machine, so that it works offline. */
import Papa from 'papaparse'
import { type AnyEntity, shownFields } from '../../../shared/kernel/entity'
import { minorToMajor } from '../../../shared/kernel/money'
import { camelToSnake } from '../../../shared/kernel/wire'
import type { LocalStore } from '../../local/api'
import { saveFile } from '../save-file'

const chunk = 1000

/** A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
export const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}

type Input = { store: LocalStore; entity: AnyEntity; ids: readonly string[] }

/** Saves the records as CSV with the API's column names. */
export const exportRows = async ({ store, entity, ids }: Input): Promise<void> => {
  const fields = shownFields(entity)
  const tags = await store.list({ entity: 'tag', limit: 5000 })
  const tagNames = new Map(tags.rows.map((tag) => [tag.id, String(tag.name)]))
  const { currency } = (await store.session()) ?? { currency: 'EUR' }
  const lines: string[][] = [['id', ...fields.map(([name]) => camelToSnake(name))]]
  for (let start = 0; start < ids.length; start += chunk)
    for (const row of await store.getMany(entity.name, ids.slice(start, start + chunk)))
      lines.push([
        row.id,
        ...fields.map(([name, field]) => {
          const value = row[name]
          if (field.kind === 'tags' && Array.isArray(value))
            return csvCell(value.map((id) => tagNames.get(String(id)) ?? id).join('; '))
          if (field.kind === 'money' && typeof value === 'number') {
            const own = field.currencyField ? row[field.currencyField] : undefined
            return csvCell(minorToMajor(value, typeof own === 'string' && own ? own : currency))
          }
          return csvCell(value)
        }),
      ])
  await saveFile(`${entity.plural}.csv`, `\uFEFF${Papa.unparse(lines)}\r\n`, 'text/csv')
}
