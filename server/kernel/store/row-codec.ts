/** Rows as they are stored: JSON without empty values, filled up again when read. */
import { foldedRow } from '../../../shared/crdt/row'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'

/** Whether a value says nothing: null, absent, or an empty list or map. */
export const isEmptyValue = (value: unknown): boolean => {
  if (typeof value !== 'object') return value === undefined
  if (value === null) return true
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

/** The row as compact JSON. */
export const encodeRow = (row: AnyRow): string => {
  const full: { [field: string]: unknown } = {}
  for (const name of Object.keys(row)) if (!isEmptyValue(row[name])) full[name] = row[name]
  return JSON.stringify(full)
}

const nothing = { fields: new Map(), sets: new Map(), texts: new Map() }

/** The row again; throws `SyntaxError` for what is not JSON. */
export const decodeRow = (entity: AnyEntity, id: string, json: string): AnyRow => {
  const stored: unknown = JSON.parse(json)
  if (typeof stored !== 'object' || stored === null) throw new SyntaxError('a row is not an object')
  return Object.assign(foldedRow(entity, id, nothing, {}), stored)
}
