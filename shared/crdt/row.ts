/** From a record's document or fold to the row that people see. */
import type * as Y from 'yjs'
import { parseStamp } from '../kernel/clock'
import { type AnyEntity, type AnyRow, systemFields } from '../kernel/entity'
import type { AnyField } from '../kernel/field'
import { emptyValue } from '../kernel/schema'
import { type Folded, foldedValues, newestStamp } from './patch'
import { readText } from './record-doc'

/** What folding asks of an entity for each of a hundred thousand records, looked up once. */
type Plan = {
  fields: readonly [name: string, field: AnyField][]
  richTexts: readonly string[]
  /** Fields that had another name. */
  renamed: readonly [name: string, was: string][]
}

const plans = new WeakMap<AnyEntity, Plan>()

const planOf = (entity: AnyEntity): Plan => {
  const known = plans.get(entity)
  if (known) return known
  const fields = Object.entries(entity.fields)
  const plan = {
    fields,
    richTexts: fields.filter(([, { kind }]) => kind === 'richText').map(([name]) => name),
    renamed: fields.flatMap(([name, { was }]): [string, string][] =>
      was === undefined ? [] : [[name, was]],
    ),
  }
  plans.set(entity, plan)
  return plan
}

const systemNames = Object.keys(systemFields)

/** Values of the rich-text fields of a document as plain text. */
export const readTexts = (entity: AnyEntity, doc: Y.Doc): { [field: string]: string | null } => {
  const texts: { [field: string]: string | null } = {}
  for (const name of planOf(entity).richTexts) texts[name] = readText(doc, name)
  return texts
}

/** What `readTexts` says of a record without any rich text. */
export const noTexts = (entity: AnyEntity): { [field: string]: string | null } => {
  const texts: { [field: string]: string | null } = {}
  for (const name of planOf(entity).richTexts) texts[name] = null
  return texts
}

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
  const { fields, renamed } = planOf(entity)
  for (const [name, field] of fields) row[name] = emptyValue(field)
  const values = foldedValues(folded)
  for (const [name, was] of renamed)
    if (values[was] !== undefined) {
      row[name] = values[was]
      delete values[was]
    }
  Object.assign(row, values, texts)
  for (const name of systemNames) row[name] ??= null
  const newest = newestStamp(folded)
  row.updatedAt = newest === '' ? null : new Date(parseStamp(newest).ms).toISOString()
  return row
}
