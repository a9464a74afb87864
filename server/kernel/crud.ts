/** The REST routes that every entity of the register has. */
import { type Context, Hono } from 'hono'
import { entityByPlural } from '../../shared/features/index'
import { type Action, entityFor, may } from '../../shared/kernel/access'
import { roleRefusal } from '../../shared/kernel/access-refusals'
import type { AnyEntity } from '../../shared/kernel/entity'
import { idSchema, newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import { readObject } from './body'
import type { KeyedLock } from './keyed-lock'
import type { Commit, EditInput, EditOutcome, RecordReader, StoredRecord } from './ports'
import { gateRefusal, invalidRecord } from './problem'
import { type ListRequest, readListRequest } from './query'
import { visibleTo } from './store/visible'
import { createTagResolver } from './tag-names'
import type { Viewers } from './viewers'
import { type BodyEdit, type BodyInput, bodyToEdit, recordsToWire } from './wire-records'

export type CrudDeps = {
  reader: RecordReader
  commit: Commit
  now: () => number
  /** ISO 4217 code of a workspace. */
  currencyOf: (workspaceId: string) => string
  /** Who somebody is to the policy. */
  viewerOf: Viewers
  /** By workspace, around the creation of missing tags, so that a name is created once. */
  tagLock: KeyedLock
}

type AuthContext = Context<AuthEnv>

/** The entity named in the path as the role knows it, if that may do so with its records. */
export const pathEntity = (c: AuthContext, action: Action): AnyEntity => {
  const entity = entityByPlural(c.req.param('plural') ?? '')
  if (!entity) throw new Refusal('request.not-found')
  requireRight(c, action, entity)
  return entityFor(c.get('principal').role, entity)
}

/** Throws where the role may not do that with records of the entity. */
export const requireRight = (c: AuthContext, action: Action, entity: AnyEntity): void => {
  if (may(c.get('principal').role, action, entity)) return
  if (action !== 'read' && entity.kind === 'server') throw new Refusal('record.readonly')
  throw roleRefusal(entity, action)
}

const etagOf = (seq: number): string => `"${seq}"`

/** `If-Match` against the record as it stands; the gate checks the seq once more as it writes. */
const ifSeq = (c: AuthContext, stored: StoredRecord): { ifSeq?: number } => {
  const header = c.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const wanted = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!wanted.includes(etagOf(stored.seq))) throw new Refusal('record.changed')
  return { ifSeq: stored.seq }
}

/** Throws the refusal that an outcome carries. */
export const requireAccepted = (
  outcome: EditOutcome | undefined,
): Extract<EditOutcome, { ok: true }> => {
  if (!outcome) throw new Error('the gate gave no outcome')
  if (outcome.ok) return outcome
  throw gateRefusal(outcome.refusal)
}

/** Helpers of one request. */
export const createRequestTools = (deps: CrudDeps, c: AuthContext) => {
  const principal = c.get('principal')
  const { workspaceId, currency, role } = principal
  const reader = visibleTo(deps.reader, deps.viewerOf(principal))
  const tags = createTagResolver({ reader, workspaceId })
  const context = { reader, workspaceId, currency, tags }
  const commitOne = async (edit: EditInput) => (await deps.commit(c.get('actor'), [edit])).at(-1)
  return {
    workspaceId,
    currency,
    /** Reads what whoever asks may see. */
    reader,
    tags,
    toWire: (entity: AnyEntity, records: readonly Pick<StoredRecord, 'row'>[]) =>
      recordsToWire(context, entityFor(role, entity), records),
    toEdit: (entity: AnyEntity, input: BodyInput) =>
      bodyToEdit(context, entityFor(role, entity), input),
    visible: async (entity: AnyEntity, id: string, deleted = false): Promise<StoredRecord> => {
      const stored = await reader.get(workspaceId, entity.name, id)
      if (!stored || (stored.row.deletedAt !== null && !deleted))
        throw new Refusal('record.missing')
      return stored
    },
    /** Commits what a body wants of one record, together with the tags that it brings along. */
    commitBody: async (
      entity: AnyEntity,
      input: BodyInput,
      complete: (values: Omit<BodyEdit, 'tagEdits'>) => EditInput,
    ) => {
      const { tagEdits, ...edit } = await bodyToEdit(context, entity, input)
      if (tagEdits.length === 0) return commitOne(complete(edit))
      return deps.tagLock(workspaceId, async () => {
        // Read again: who held the lock before may have made the very same tags.
        const fresh = { ...context, tags: createTagResolver(context) }
        const { tagEdits: still, ...again } = await bodyToEdit(fresh, entity, input)
        const g = newId()
        const group = [...still, complete(again)].map((one) => ({ ...one, g }))
        return (await deps.commit(c.get('actor'), group)).at(-1)
      })
    },
    commitOne,
  }
}

type RequestTools = ReturnType<typeof createRequestTools>

/** Answers with a record as it stands after the request. */
export const respond = async (
  c: AuthContext,
  tools: RequestTools,
  { entity, id, status = 200 }: { entity: AnyEntity; id: string; status?: 200 | 201 },
): Promise<Response> => {
  const stored = await tools.visible(entity, id, true)
  const [body] = await tools.toWire(entity, [stored])
  const headers: Record<string, string> = { etag: etagOf(stored.seq) }
  if (status === 201) headers.location = `/api/v1/crm/${entity.plural}/${id}`
  return c.json(body ?? {}, status, headers)
}

/** A list request of which tags are named by id; a name that nobody uses matches nothing. */
export const withTagIds = async (
  request: ListRequest,
  tools: RequestTools,
): Promise<ListRequest> => ({
  ...request,
  where: await Promise.all(
    request.where.map(async (condition) => {
      const isTags = request.entity.fields[condition.field]?.kind === 'tags'
      if (!isTags || condition.operator === 'is_null') return condition
      const names = Array.isArray(condition.value) ? condition.value : [condition.value]
      return { ...condition, value: await tools.tags.find(names.map(String)) }
    }),
  ),
})

const listRecords = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c, 'read')
  const tools = createRequestTools(deps, c)
  const request = await withTagIds(readListRequest(c, entity, tools.currency), tools)
  const page = await tools.reader.list(tools.workspaceId, request)
  return c.json({
    items: await tools.toWire(entity, page.records),
    page: request.page,
    page_size: request.limit,
    total: page.total,
    next_cursor: page.nextCursor,
  })
}

/** The id that a body gives to its record, or one that the server makes. */
export const idOf = (body: { [name: string]: unknown }, otherwise: () => string): string => {
  if (body.id === undefined || body.id === null) return otherwise()
  const id = typeof body.id === 'string' ? body.id.toLowerCase() : body.id
  const parsed = idSchema.safeParse(id)
  if (!parsed.success) throw invalidRecord([{ path: 'id', message: 'must be a UUID' }])
  return parsed.data
}

const createRecord = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c, 'create')
  const tools = createRequestTools(deps, c)
  const body = await readObject(c)
  const id = idOf(body, c.get('idempotency').newId)
  const outcome = await tools.commitBody(entity, { body }, (edit) => ({
    ...edit,
    entity: entity.name,
    id,
    s: withDefaults(entity, edit.s),
    mustBeNew: true,
  }))
  if (!wasCreatedBefore(c, outcome)) requireAccepted(outcome)
  return respond(c, tools, { entity, id, status: 201 })
}

/** Whether the record is there because this very request was cut short before it could be answered. */
export const wasCreatedBefore = (c: AuthContext, outcome: EditOutcome | undefined): boolean =>
  c.get('idempotency').isResumed &&
  outcome?.ok === false &&
  outcome.refusal.code === 'record.exists'

/** Values of a new record over the declared defaults. */
export const withDefaults = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
): { [field: string]: unknown } => {
  const defaults: { [field: string]: unknown } = {}
  for (const [name, field] of Object.entries(entity.fields))
    if (field.default !== undefined) defaults[name] = field.default
  return { ...defaults, ...values }
}

const updateRecord = async (deps: CrudDeps, c: AuthContext) => {
  const entity = pathEntity(c, 'update')
  const id = c.req.param('id') ?? ''
  const tools = createRequestTools(deps, c)
  const body = await readObject(c)
  const before = await tools.visible(entity, id)
  const condition = ifSeq(c, before)
  const outcome = await tools.commitBody(entity, { body, before }, (edit) => ({
    ...edit,
    entity: entity.name,
    id,
    mustExist: true,
    ...condition,
  }))
  requireAccepted(outcome)
  return respond(c, tools, { entity, id })
}

const setDeleted = async (deps: CrudDeps, c: AuthContext, deletedAt: string | null) => {
  const entity = pathEntity(c, 'delete')
  const id = c.req.param('id') ?? ''
  const tools = createRequestTools(deps, c)
  const stored = await tools.visible(entity, id, deletedAt === null)
  const edit = { entity: entity.name, id, s: { deletedAt }, mustExist: true, ...ifSeq(c, stored) }
  // Restoring what is not deleted is no edit, so that a repeated request changes nothing.
  if (stored.row.deletedAt !== deletedAt) requireAccepted(await tools.commitOne(edit))
  return { entity, id, tools }
}

/** The routes of all entities, to be mounted at `/api/v1/crm` behind authentication. */
export const createCrudRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.get('/:plural', (c) => listRecords(deps, c))
  routes.post('/:plural', (c) => createRecord(deps, c))
  routes.get('/:plural/:id', async (c) => {
    const entity = pathEntity(c, 'read')
    const tools = createRequestTools(deps, c)
    const { id } = await tools.visible(entity, c.req.param('id'))
    return respond(c, tools, { entity, id })
  })
  routes.on(['PUT', 'PATCH'], '/:plural/:id', (c) => updateRecord(deps, c))
  routes.delete('/:plural/:id', async (c) => {
    await setDeleted(deps, c, new Date(deps.now()).toISOString())
    return c.body(null, 204)
  })
  routes.post('/:plural/:id/restore', async (c) => {
    const { entity, id, tools } = await setDeleted(deps, c, null)
    return respond(c, tools, { entity, id })
  })
  return routes
}
