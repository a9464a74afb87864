/** Records to and from REST bodies: tags by name, phone numbers in E.164. */

import { tag } from '../../shared/features/tags/tag'
import { type AnyEntity, titleOf } from '../../shared/kernel/entity'
import { idSchema, newId } from '../../shared/kernel/ids'
import { normalisePhone } from '../../shared/kernel/phone'
import { Refusal } from '../../shared/kernel/refusal'
import { rowToWire, wireToValues } from '../../shared/kernel/wire'
import type { EditInput, RecordReader, StoredRecord } from './ports'

type Values = { [field: string]: unknown }

const allTags = async (reader: RecordReader, workspaceId: string): Promise<StoredRecord[]> => {
  const found: StoredRecord[] = []
  for (let offset = 0; ; offset += 500) {
    const page = await reader.list(workspaceId, {
      entity: tag,
      where: [],
      sort: [{ field: 'name', descending: false }],
      limit: 500,
      offset,
    })
    found.push(...page.records)
    if (page.nextCursor === null) return found
  }
}

const hasTags = (entity: AnyEntity): boolean =>
  Object.values(entity.fields).some(({ kind }) => kind === 'tags')

/** Records as the API shows them; a read-only `name` is added where the entity has none. */
export const recordsToWire = async (
  deps: { reader: RecordReader; workspaceId: string; currency: string },
  entity: AnyEntity,
  records: readonly StoredRecord[],
): Promise<Values[]> => {
  const used =
    hasTags(entity) && records.some(({ row }) => Array.isArray(row.tags) && row.tags.length > 0)
  const tags = used ? await allTags(deps.reader, deps.workspaceId) : []
  const names = new Map(tags.map(({ id, row }) => [id, String(row.name)]))
  return records.map(({ row }) => ({
    ...('name' in entity.fields ? {} : { name: titleOf(entity, row) }),
    ...rowToWire(entity, row, { currency: deps.currency, tagName: (id) => names.get(id) }),
  }))
}

/** What a REST body wants of a record, as parts of an edit; new tags come as edits of their own. */
export type BodyEdit = Pick<EditInput, 's' | 'e' | 'text'> & { tagEdits: EditInput[] }

/** Looks tags up by id or name within one request; names that do not exist yet are created once. */
export const createTagResolver = (deps: { reader: RecordReader; workspaceId: string }) => {
  const state: { ids?: Map<string, string> } = {}
  const known = async (): Promise<Map<string, string>> => {
    state.ids ??= new Map(
      (await allTags(deps.reader, deps.workspaceId)).map(({ id, row }) => [
        String(row.name).toLowerCase(),
        id,
      ]),
    )
    return state.ids
  }
  return async (names: readonly string[], edits: EditInput[]): Promise<string[]> => {
    const ids: string[] = []
    for (const name of names) {
      if (idSchema.safeParse(name).success) ids.push(name)
      else if (name.trim() !== '') ids.push(await idOf(name.trim(), await known(), edits))
    }
    return [...new Set(ids)]
  }
}

const idOf = async (
  name: string,
  ids: Map<string, string>,
  edits: EditInput[],
): Promise<string> => {
  const found = ids.get(name.toLowerCase())
  if (found) return found
  const id = newId()
  ids.set(name.toLowerCase(), id)
  edits.push({ entity: 'tag', id, s: { name, color: 'gray' }, mustBeNew: true })
  return id
}

const setChange = (before: readonly unknown[], after: readonly string[]) => ({
  add: after.filter((id) => !before.includes(id)),
  remove: before.map(String).filter((id) => !after.includes(id)),
})

const normalised = (entity: AnyEntity, name: string, value: unknown): unknown => {
  const field = entity.fields[name]
  if (field?.kind === 'phone' && typeof value === 'string') return normalisePhone(value)
  if (field?.kind === 'email' && typeof value === 'string') return value.trim()
  return value
}

/** Reads a REST body as an edit of the record that stands before it (if any). */
export const bodyToEdit = async (
  deps: { currency: string; resolveTags: ReturnType<typeof createTagResolver> },
  entity: AnyEntity,
  { body, before }: { body: Values; before?: StoredRecord | undefined },
): Promise<BodyEdit> => {
  const read = wireToValues(entity, body, { currency: deps.currency })
  const allowed = read.unknown.filter((name) => name !== 'name')
  if (allowed.length > 0)
    throw new Refusal('record.invalid', {
      detail: `${entity.label} has no field ${allowed.join(', ')}.`,
      errors: allowed.map((path) => ({ path, message: `${entity.label} has no such field` })),
    })
  const edit: BodyEdit = { s: {}, tagEdits: [] }
  for (const [name, value] of Object.entries(read.values)) {
    if (entity.fields[name]?.kind !== 'richText') edit.s[name] = normalised(entity, name, value)
    else edit.text = { ...edit.text, [name]: requireText(name, value) }
  }
  for (const [name, names] of Object.entries(read.tagNames)) {
    const ids = await deps.resolveTags(names, edit.tagEdits)
    const held = before?.row[name]
    edit.e = { ...edit.e, [name]: setChange(Array.isArray(held) ? held : [], ids) }
  }
  return edit
}

const requireText = (path: string, value: unknown): string | null => {
  if (value === null || typeof value === 'string') return value
  throw new Refusal('record.invalid', {
    detail: `${path}: must be text`,
    errors: [{ path, message: 'must be text' }],
  })
}
