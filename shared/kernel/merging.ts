/** Several records that are the same thing become one: its values, and whatever points at the others. */
import type { AnyEntity, AnyRow } from './entity'
import { type AnyField, isReadOnly } from './field'
import type { RecordChange, Values } from './rules'

/** Which record's value a field takes, by the field's name; without a word the kept record's, if it has one. */
export type Picks = { readonly [field: string]: string }

export type Merge = { entity: AnyEntity; kept: AnyRow; others: readonly AnyRow[]; picks: Picks }

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === false

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]

const itemsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const entriesOf = (value: unknown): object => (typeof value === 'object' && value ? value : {})

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Lists, tags, properties and texts hold what all of them held. */
const gathered = (kind: AnyField['kind'], values: readonly unknown[]): unknown => {
  if (kind === 'tags' || kind === 'list') return distinct(values.flatMap(itemsOf))
  if (kind === 'map') return Object.assign({}, ...values.toReversed().map(entriesOf))
  const texts = distinct(values.map(textOf).filter((text) => text !== ''))
  return texts.length > 0 ? texts.join('\n\n') : null
}

const gathers = new Set<AnyField['kind']>(['tags', 'list', 'map', 'richText'])

/** Whether people choose between the values of a field, rather than keeping all of them. */
export const isChosen = (field: AnyField): boolean =>
  !gathers.has(field.kind) && !isReadOnly(field) && !field.retired

/** Fields in which the records say different things. */
export const differing = (entity: AnyEntity, rows: readonly AnyRow[]): string[] =>
  Object.entries(entity.fields)
    .filter(([, field]) => isChosen(field))
    .map(([name]) => name)
    .filter((name) => rows.some((row) => !isSame(row[name], rows[0]?.[name])))

/** The record whose value a field takes. */
export const chosenFrom = (
  field: string,
  { kept, others, picks }: Omit<Merge, 'entity'>,
): AnyRow => {
  const all = [kept, ...others]
  const picked = all.find(({ id }) => id === picks[field])
  return picked ?? all.find((row) => !isBlank(row[field])) ?? kept
}

/** What the kept record has to be changed to. */
export const mergedValues = (merge: Merge): Values => {
  const { entity, kept, others } = merge
  const merged = new Set([kept.id, ...others.map(({ id }) => id)])
  const values: Values = {}
  for (const [name, field] of Object.entries(entity.fields)) {
    if (isReadOnly(field) || field.retired) continue
    const all = [kept, ...others].map((row) => row[name])
    const value = gathers.has(field.kind)
      ? gathered(field.kind, all)
      : chosenFrom(name, merge)[name]
    // What pointed at one of them would now point at itself.
    const isOwn = field.target === entity.name && merged.has(String(value))
    const next = isOwn ? null : value
    if (!isSame(next, kept[name])) values[name] = next
  }
  return values
}

/** Fields of an entity that point at records of another: directly, or from within a list. */
export const pointersTo = (entity: AnyEntity, target: string): string[] =>
  Object.entries(entity.fields)
    .filter(
      ([, { target: own, item }]) =>
        own === target || Object.values(item ?? {}).some((part) => part.target === target),
    )
    .map(([name]) => name)

/** What has to change in a record so that it points at the kept one; nothing where it does not point at the others. */
export const repointed = (
  entity: AnyEntity,
  row: AnyRow,
  { target, from, to }: { target: string; from: ReadonlySet<string>; to: string },
): Values => {
  const values: Values = {}
  for (const name of pointersTo(entity, target)) {
    const field = entity.fields[name]
    const value = row[name]
    if (field?.target === target) {
      if (from.has(String(value))) values[name] = to
      continue
    }
    const parts = Object.entries(field?.item ?? {}).filter(([, part]) => part.target === target)
    const items = itemsOf(value).map((item) =>
      Object.assign(
        {},
        item,
        ...parts
          .filter(([part]) => from.has(String(Reflect.get(Object(item), part))))
          .map(([part]) => ({ [part]: to })),
      ),
    )
    if (!isSame(items, itemsOf(value))) values[name] = distinct(items)
  }
  return values
}

/** Everything that the merge changes, in one step that can be undone as one. */
export const mergeChanges = (
  merge: Merge,
  pointing: readonly { entity: AnyEntity; row: AnyRow }[],
  now: string,
): RecordChange[] => {
  const { entity, kept, others } = merge
  const from = new Set(others.map(({ id }) => id))
  const own = mergedValues(merge)
  const moved = pointing.flatMap(({ entity: other, row }) => {
    if (row.id === kept.id || from.has(row.id)) return []
    const set = repointed(other, row, { target: entity.name, from, to: kept.id })
    return Object.keys(set).length > 0 ? [{ entity: other.name, id: row.id, set }] : []
  })
  return [
    ...(Object.keys(own).length > 0 ? [{ entity: entity.name, id: kept.id, set: own }] : []),
    ...moved,
    ...others.map(({ id }) => ({ entity: entity.name, id, set: { deletedAt: now } })),
  ]
}
