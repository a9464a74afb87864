/** Records to and from REST bodies: tags by name, phone numbers in E.164, references that lead somewhere. */
import { entityNamed } from '../../shared/features/index'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../shared/kernel/entity'
import { type AnyField, isReadOnly } from '../../shared/kernel/field'
import { idSchema } from '../../shared/kernel/ids'
import { minorToMajor } from '../../shared/kernel/money'
import { normalisePhone } from '../../shared/kernel/phone'
import type { FieldProblem } from '../../shared/kernel/refusal'
import { checkValues, missingFields } from '../../shared/kernel/schema'
import { camelToSnake, rowToWire, snakeToCamel, wireToValues } from '../../shared/kernel/wire'
import type { EditInput, RecordReader, StoredRecord } from './ports'
import { invalidRecord, wireProblems } from './problem'
import { type TagResolver, tagNamesOf } from './tag-names'

type Values = { [field: string]: unknown }

/** What reading and writing of one request's records needs. */
export type WireDeps = {
  reader: RecordReader
  workspaceId: string
  currency: string
  tags: TagResolver
}

const fieldsOfKind = (entity: AnyEntity, kind: AnyField['kind']): [string, AnyField][] =>
  Object.entries(entity.fields).filter(([, field]) => field.kind === kind)

const idsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Records as the API shows them; a read-only `name` is added where the entity has none. */
export const recordsToWire = async (
  deps: Omit<WireDeps, 'tags'>,
  entity: AnyEntity,
  records: readonly Pick<StoredRecord, 'row'>[],
): Promise<Values[]> => {
  const tagFields = fieldsOfKind(entity, 'tags').map(([name]) => name)
  const used = records.flatMap(({ row }) => tagFields.flatMap((name) => idsIn(row[name])))
  const names = await tagNamesOf(deps, [...new Set(used)])
  const context = { currency: deps.currency, tagName: (id: string) => names.get(id) }
  // A deleted tag is no tag any more, although the record would show it again if it came back.
  const isStale = (row: AnyRow) =>
    tagFields.some((name) => idsIn(row[name]).some((id) => !names.has(id)))
  const withLiveTags = (row: AnyRow): AnyRow =>
    isStale(row)
      ? {
          ...row,
          ...Object.fromEntries(
            tagFields.map((name) => [name, idsIn(row[name]).filter((id) => names.has(id))]),
          ),
        }
      : row
  const isNamed = Object.hasOwn(entity.fields, 'name')
  return records.map(({ row }) => {
    const wire = rowToWire(entity, withLiveTags(row), context)
    if (!isNamed) wire.name = titleOf(entity, row)
    return wire
  })
}

/** What a REST body wants of a record, as parts of an edit; new tags come as edits of their own. */
export type BodyEdit = Pick<EditInput, 's' | 'e' | 'text'> & { tagEdits: EditInput[] }

/** The body, the record that stands before it, and ids that come into being with the same request. */
export type BodyInput = {
  body: Values
  before?: StoredRecord | undefined
  known?: ReadonlySet<string> | undefined
}

/** Reads a REST body as an edit; throws `record.invalid` with everything that is wrong with it. */
export const bodyToEdit = async (
  deps: WireDeps,
  entity: AnyEntity,
  { body, before, known }: BodyInput,
): Promise<BodyEdit> => {
  const writable = withoutReadOnly(entity, body)
  const problems = [...nameProblems(entity, writable), ...shapeProblems(entity, writable)]
  const read = wireToValues(
    entity,
    completeMoney({ entity, body: writable, before, fallback: deps.currency }),
    deps,
  )
  const edit: BodyEdit = { s: {}, tagEdits: [] }
  for (const [name, value] of Object.entries(read.values)) {
    const field = entity.fields[name]
    if (field?.kind !== 'richText') edit.s[name] = normalised(field, value)
    else if (value === null || typeof value === 'string')
      edit.text = { ...edit.text, [name]: value }
    else problems.push({ path: camelToSnake(name), message: 'must be text' })
  }
  for (const [name, names] of Object.entries(read.tagNames)) {
    const resolved = await deps.tags.resolve(camelToSnake(name), names)
    problems.push(...resolved.problems)
    edit.tagEdits.push(...resolved.created)
    edit.e = { ...edit.e, [name]: setChange(idsIn(before?.row[name]), resolved.ids) }
  }
  problems.push(...(await danglingRefs(deps, entity, { values: edit.s, before, known })))
  if (problems.length > 0)
    throw invalidRecord([
      ...problems,
      ...gateProblems(entity, edit.s, { isNew: !before, problems }),
    ])
  return edit
}

const isReadOnlyName = (entity: AnyEntity, wireName: string): boolean => {
  const field = fieldOf(entity, snakeToCamel(wireName))
  return field ? isReadOnly(field) : wireName === 'name'
}

/** Without what nobody sets by hand, so that what was read can be sent back. */
const withoutReadOnly = (entity: AnyEntity, body: Values): Values =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !isReadOnlyName(entity, name)))

const rowNames = new Set(['id', 'created_at', 'created_by', 'updated_at', 'deleted_at'])

const nameProblems = (entity: AnyEntity, body: Values): FieldProblem[] =>
  Object.keys(body)
    .filter((name) => !rowNames.has(name))
    .filter(
      (name) =>
        camelToSnake(snakeToCamel(name)) !== name ||
        !Object.hasOwn(entity.fields, snakeToCamel(name)),
    )
    .map((path) => ({ path, message: `${entity.label} has no such field` }))

/** What the mapper would turn into something else before a schema saw it. */
const shapeProblems = (entity: AnyEntity, body: Values): FieldProblem[] => {
  const wrong = (kind: AnyField['kind'], isRight: (value: unknown) => boolean, message: string) =>
    fieldsOfKind(entity, kind)
      .map(([name]) => camelToSnake(name))
      .filter((name) => Object.hasOwn(body, name) && !isRight(body[name]))
      .map((path) => ({ path, message }))
  return [
    ...wrong(
      'money',
      (value) => value === null || typeof value === 'number',
      'must be a decimal number such as 12.5',
    ),
    ...wrong(
      'tags',
      (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
      'must be a list of names of tags',
    ),
  ]
}

/**
 * Adds what an amount depends on: the record's currency where the body gives an amount alone, the
 * amount where it gives a currency alone (the number that people see stays, not the minor units).
 */
const completeMoney = ({
  entity,
  body,
  before,
  fallback,
}: {
  entity: AnyEntity
  body: Values
  before: StoredRecord | undefined
  fallback: string
}): Values => {
  if (!before) return body
  const added: Values = {}
  for (const [name, { currencyField }] of fieldsOfKind(entity, 'money')) {
    if (currencyField === undefined) continue
    const [amountKey, currencyKey] = [camelToSnake(name), camelToSnake(currencyField)]
    const amount = before.row[name]
    const currency = before.row[currencyField]
    if (amountKey in body && !(currencyKey in body)) added[currencyKey] = currency
    if (currencyKey in body && !(amountKey in body) && typeof amount === 'number')
      added[amountKey] = minorToMajor(
        amount,
        typeof currency === 'string' && currency !== '' ? currency : fallback,
      )
  }
  return { ...body, ...added }
}

const normalised = (field: AnyField | undefined, value: unknown): unknown => {
  if (field?.kind === 'list' && Array.isArray(value))
    return value.map((item) => normalisedParts(field.item ?? {}, item))
  if (typeof value !== 'string') return value
  if (field?.kind === 'phone') return normalisePhone(value)
  return field?.kind === 'email' || field?.kind === 'url' ? value.trim() : value
}

const normalisedParts = (parts: Record<string, AnyField>, item: unknown): unknown =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(
        Object.entries(item).map(([name, value]) => [name, normalised(parts[name], value)]),
      )
    : item

const setChange = (before: readonly string[], after: readonly string[]) => ({
  add: after.filter((id) => !before.includes(id)),
  remove: before.filter((id) => !after.includes(id)),
})

/** References to records that are not there; one that the record holds already may stay. */
const danglingRefs = async (
  { reader, workspaceId }: WireDeps,
  entity: AnyEntity,
  { values, before, known }: { values: Values } & Omit<BodyInput, 'body'>,
): Promise<FieldProblem[]> => {
  const problems: FieldProblem[] = []
  for (const [name, { target = '' }] of fieldsOfKind(entity, 'ref')) {
    const id = values[name]
    if (!idSchema.safeParse(id).success || typeof id !== 'string') continue
    if (id === before?.row[name] || known?.has(id)) continue
    const stored = await reader.get(workspaceId, target, id)
    if (!stored || stored.row.deletedAt !== null)
      problems.push({
        path: camelToSnake(name),
        message: `there is no such ${entityNamed(target)?.label.toLowerCase() ?? target}`,
      })
  }
  return problems
}

/** What the gate would say to the rest, so that one answer names all that is wrong. */
const gateProblems = (
  entity: AnyEntity,
  values: Values,
  { isNew, problems }: { isNew: boolean; problems: readonly FieldProblem[] },
): FieldProblem[] => {
  const named = new Set(problems.map(({ path }) => path))
  return wireProblems([
    ...checkValues(entity, values),
    ...(isNew ? missingFields(entity, values) : []),
  ]).filter(({ path }) => !named.has(path))
}
