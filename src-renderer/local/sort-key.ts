/** The value that a field sorts by, in memory and in the index of the default list alike. */
import { type AnyEntity, fieldOf } from '../../shared/kernel/entity'
import type { AnyField, FieldKind } from '../../shared/kernel/field'
import { normalise } from './normalise'

/** `null` sorts last, whatever the direction. */
export type SortKey = string | number | null

/** Looks up the name of another record, for sorting by what people see instead of by id. */
export type TitleLookup = (entity: string, id: string) => string | undefined

const textKey = (value: unknown): SortKey =>
  typeof value === 'string' && value !== '' ? normalise(value) : null
const numberKey = (value: unknown): SortKey => (typeof value === 'number' ? value : null)
const timeKey = (value: unknown): SortKey => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

type ToKey = (value: unknown, field: AnyField, titleOf: TitleLookup) => SortKey

const refKey: ToKey = (value, field, titleOf) =>
  typeof value === 'string' ? textKey(titleOf(field.target ?? '', value)) : null

const tagsKey: ToKey = (value, field, titleOf) =>
  Array.isArray(value)
    ? textKey(
        value
          .map((id) => titleOf(field.target ?? '', String(id)) ?? '')
          .sort()
          .join(' '),
      )
    : null

const keys = {
  text: textKey,
  longText: textKey,
  richText: textKey,
  email: textKey,
  phone: textKey,
  url: textKey,
  integer: numberKey,
  decimal: numberKey,
  currency: textKey,
  money: numberKey,
  flag: (value) => (value === true ? 1 : 0),
  choice: (value, field) => {
    const index = (field.options ?? []).indexOf(String(value))
    return index < 0 ? null : index
  },
  day: timeKey,
  instant: timeKey,
  recurrence: textKey,
  ref: refKey,
  tags: tagsKey,
  list: (value) => (Array.isArray(value) && value.length > 0 ? value.length : null),
  map: () => null,
} as const satisfies Record<FieldKind, ToKey>

/** The sort key of one field of a row. */
export const sortKeyOf = (
  entity: AnyEntity,
  name: string,
  titleOf: TitleLookup,
): ((row: { [field: string]: unknown }) => SortKey) => {
  const field = fieldOf(entity, name)
  if (field) {
    const toKey: ToKey = keys[field.kind]
    return (row) => toKey(row[name], field, titleOf)
  }
  return name === 'updatedAt' ? (row) => timeKey(row.updatedAt) : (row) => textKey(row[name])
}

/** The default sort of an entity's list. */
export const defaultSort = (entity: AnyEntity): { field: string; descending: boolean } => {
  const descending = entity.list.sort.startsWith('-')
  return { field: descending ? entity.list.sort.slice(1) : entity.list.sort, descending }
}
