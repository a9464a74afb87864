/** The REST routes that every entity of the register has. */
import { type Context, Hono } from 'hono'
import { entityByPlural } from '../../shared/features/index'
import { may } from '../../shared/kernel/access'
import type { AnyEntity } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import { readObject } from './body'
import type { Commit, EditInput, EditOutcome, RecordReader, StoredRecord } from './ports'
import { readListRequest } from './query'
import { bodyToEdit, createTagResolver, recordsToWire } from './wire-records'

export type CrudDeps = { reader: RecordReader; commit: Commit }

type AuthContext = Context<AuthEnv>

/** The entity named in the path; throws `request.not-found` for an unknown plural, `auth.forbidden` without the right to read. */
export const pathEntity = (c: AuthContext): AnyEntity => {
  const entity = entityByPlural(c.req.param('plural') ?? '')
  if (!entity) throw new Refusal('request.not-found')
  if (!may(c.get('principal').role, 'read', entity)) throw new Refusal('auth.forbidden')
  return entity
}

const etagOf = (seq: number): string => `"${seq}"`

const ifSeq = (c: AuthContext): { ifSeq?: number } => {
  const header = c.req.header('if-match')
  if (header === undefined || header === '*') return {}
  const seq = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1]
  if (seq === undefined) throw new Refusal('record.changed')
  return { ifSeq: Number(seq) }
}

/** Throws the refusal that an outcome carries. */
export const requireAccepted = (
  outcome: EditOutcome | undefined,
): Extract<EditOutcome, { ok: true }> => {
  if (!outcome) throw new Error('the gate gave no outcome')
  if (outcome.ok) return outcome
  const { code, detail, errors } = outcome.refusal
  throw new Refusal(code, { detail, errors })
}

/** Helpers of one request. */
export const createRequestTools = (deps: CrudDeps, c: AuthContext) => {
  const { workspaceId, currency } = c.get('principal')
  const resolveTags = createTagResolver({ reader: deps.reader, workspaceId })
  const context = { reader: deps.reader, workspaceId, currency, resolveTags }
  return {
    workspaceId,
    currency,
    toWire: (entity: AnyEntity, records: readonly StoredRecord[]) =>
      recordsToWire(context, entity, records),
    toEdit: (entity: AnyEntity, body: { [name: string]: unknown }, before?: StoredRecord) =>
      bodyToEdit(context, entity, { body, before }),
    visible: async (entity: AnyEntity, id: string, deleted = false): Promise<StoredRecord> => {
      const stored = await deps.reader.get(workspaceId, entity.name, id)
      if (!stored || (stored.row.deletedAt !== null && !deleted))
        throw new Refusal('record.missing')
      return stored
    },
    /** Commits the edit of one record together with the tags that it brings along. */
    commitWithTags: async (edit: EditInput, tagEdits: readonly EditInput[]) => {
      const g = newId()
      const all = tagEdits.length === 0 ? [edit] : [...tagEdits, edit].map((one) => ({ ...one, g }))
      return requireAccepted((await deps.commit(c.get('actor'), all)).at(-1))
    },
  }
}

const respond = async (
  c: AuthContext,
  {
    deps,
    entity,
    id,
    status,
  }: { deps: CrudDeps; entity: AnyEntity; id: string; status: 200 | 201 },
): Promise<Response> => {
  const tools = createRequestTools(deps, c)
  const stored = await tools.visible(entity, id, true)
  const [body] = await tools.toWire(entity, [stored])
  const headers: Record<string, string> = { etag: etagOf(stored.seq) }
  if (status === 201) headers.location = `/api/v1/crm/${entity.plural}/${id}`
  return c.json(body ?? {}, status, headers)
}

const listRecords = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c)
  const tools = createRequestTools(deps, c)
  const request = readListRequest(c, entity, tools.currency)
  const query = { ...request, where: await tagNamesToIds(request, tools, deps) }
  const page = await deps.reader.list(tools.workspaceId, query)
  return c.json({
    items: await tools.toWire(entity, page.records),
    page: request.page,
    page_size: request.limit,
    total: page.total,
    next_cursor: page.nextCursor,
  })
}

/** Tags are filtered by name or id; a name nobody uses matches nothing. */
const tagNamesToIds = async (
  request: ReturnType<typeof readListRequest>,
  tools: ReturnType<typeof createRequestTools>,
  deps: CrudDeps,
) => {
  const isTag = (field: string) => request.entity.fields[field]?.kind === 'tags'
  if (!request.where.some(({ field }) => isTag(field))) return request.where
  const resolve = createTagResolver({ reader: deps.reader, workspaceId: tools.workspaceId })
  return Promise.all(
    request.where.map(async (condition) => {
      if (!isTag(condition.field) || condition.operator === 'is_null') return condition
      const names = Array.isArray(condition.value) ? condition.value : [condition.value]
      return { ...condition, value: await resolve(names.map(String), []) }
    }),
  )
}

const createRecord = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c)
  const tools = createRequestTools(deps, c)
  const body = await readObject(c)
  const id = typeof body.id === 'string' ? body.id.toLowerCase() : newId()
  const { tagEdits, ...edit } = await tools.toEdit(entity, body)
  const s = withDefaults(entity, edit.s, c.get('principal').userId)
  await tools.commitWithTags({ ...edit, entity: entity.name, id, s, mustBeNew: true }, tagEdits)
  return respond(c, { deps, entity, id, status: 201 })
}

/** Values of a new record: declared defaults, and its creator as owner. */
export const withDefaults = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
  userId: string,
): { [field: string]: unknown } => {
  const defaults: { [field: string]: unknown } = {}
  for (const [name, field] of Object.entries(entity.fields))
    if (field.default !== undefined) defaults[name] = field.default
  if ('ownerId' in entity.fields) defaults.ownerId = userId
  return { ...defaults, ...values }
}

const updateRecord = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c)
  const id = c.req.param('id') ?? ''
  const tools = createRequestTools(deps, c)
  const body = await readObject(c)
  const before = await tools.visible(entity, id)
  const { tagEdits, ...edit } = await tools.toEdit(entity, body, before)
  await tools.commitWithTags(
    { ...edit, entity: entity.name, id, mustExist: true, ...ifSeq(c) },
    tagEdits,
  )
  return respond(c, { deps, entity, id, status: 200 })
}

const setDeleted = async (deps: CrudDeps, c: AuthContext, deletedAt: string | null) => {
  const entity = pathEntity(c)
  const id = c.req.param('id') ?? ''
  const tools = createRequestTools(deps, c)
  await tools.visible(entity, id, deletedAt === null)
  const edit = { entity: entity.name, id, s: { deletedAt }, mustExist: true, ...ifSeq(c) }
  await tools.commitWithTags(edit, [])
  return { entity, id }
}

/** The routes of all entities, to be mounted at `/api/v1/crm` behind authentication. */
export const createCrudRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.get('/:plural', (c) => listRecords(deps, c))
  routes.post('/:plural', (c) => createRecord(deps, c))
  routes.get('/:plural/:id', (c) =>
    createRequestTools(deps, c)
      .visible(pathEntity(c), c.req.param('id'))
      .then(({ id }) => respond(c, { deps, entity: pathEntity(c), id, status: 200 })),
  )
  routes.on(['PUT', 'PATCH'], '/:plural/:id', (c) => updateRecord(deps, c))
  routes.delete('/:plural/:id', async (c) => {
    await setDeleted(deps, c, new Date().toISOString())
    return c.body(null, 204)
  })
  routes.post('/:plural/:id/restore', async (c) => {
    const { entity, id } = await setDeleted(deps, c, null)
    return respond(c, { deps, entity, id, status: 200 })
  })
  return routes
}
