/** From a record's document or fold to the row that people see. */
import type * as Y from 'yjs'
import { parseStamp } from '../kernel/clock'
import { type AnyEntity, type AnyRow, systemFields } from '../kernel/entity'
import { emptyValue } from '../kernel/schema'
import { type Folded, foldedValues, newestStamp } from './patch'
import { readText } from './record-doc'

/** Values of the rich-text fields of a document as plain text. */
export const readTexts = (entity: AnyEntity, doc: Y.Doc): { [field: string]: string | null } =>
  Object.fromEntries(
    Object.entries(entity.fields)
      .filter(([, field]) => field.kind === 'richText')
      .map(([name]) => [name, readText(doc, name)]),
  )

/** The row of a fold: every declared field has a value, fields not known here pass through. */
export const foldedRow = (
  entity: AnyEntity,
  id: string,
  folded: Folded,
  texts: { [field: string]: string | null },
): AnyRow => {
  const row: AnyRow = {
    id,
    createdAt: null,
    createdBy: null,
    deletedAt: null,
    updatedAt: null,
  }
  for (const [name, field] of Object.entries(entity.fields)) row[name] = emptyValue(field)
  const values = foldedValues(folded)
  for (const [name, field] of Object.entries(entity.fields))
    if (field.was !== undefined && values[field.was] !== undefined) {
      row[name] = values[field.was]
      delete values[field.was]
    }
  Object.assign(row, values, texts)
  for (const name of Object.keys(systemFields)) row[name] ??= null
  const newest = newestStamp(folded)
  row.updatedAt = newest === '' ? null : new Date(parseStamp(newest).ms).toISOString()
  return row
}
