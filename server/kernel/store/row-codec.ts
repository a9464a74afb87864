/** Rows as they are stored: JSON without empty values, filled up again when read. */
import { foldedRow } from '../../../shared/crdt/row'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** The row as compact JSON. */
export const encodeRow = (row: AnyRow): string =>
  JSON.stringify(row, (key, value: unknown) => (key !== '' && isEmpty(value) ? undefined : value))

const nothing = { fields: new Map(), sets: new Map() }

/** The row again; throws `SyntaxError` for what is not JSON. */
export const decodeRow = (entity: AnyEntity, id: string, json: string): AnyRow => {
  const stored: unknown = JSON.parse(json)
  if (typeof stored !== 'object' || stored === null) throw new SyntaxError('a row is not an object')
  return { ...foldedRow(entity, id, nothing, {}), ...stored }
}
