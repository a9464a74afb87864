/** `POST /{plural}/bulk`: one action on many records, with an outcome for each. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { AnyEntity } from '../../shared/kernel/entity'
import { idSchema } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import { checked, readJson } from './body'
import { type CrudDeps, createRequestTools, pathEntity } from './crud'
import type { EditInput, EditOutcome, StoredRecord } from './ports'
import { gateRefusal, invalidRecord, problemBody } from './problem'

const ids = z.array(idSchema).min(1).max(1000)
const tagNames = z.array(z.string().min(1).max(100)).min(1).max(50)

/** The body of a bulk request. */
export const bulkSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('update'),
    ids,
    values: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ action: z.literal('delete'), ids }),
  z.strictObject({ action: z.literal('restore'), ids }),
  z.strictObject({ action: z.literal('tag'), ids, tags: tagNames }),
  z.strictObject({ action: z.literal('untag'), ids, tags: tagNames }),
])

type Bulk = z.infer<typeof bulkSchema>
type Tools = ReturnType<typeof createRequestTools>
/** What one record shall become, and the tags that have to be there first. */
type Part = Pick<EditInput, 's' | 'e' | 'text'> & { tagEdits: EditInput[] }

const rightFor = {
  update: 'update',
  delete: 'delete',
  restore: 'delete',
  tag: 'update',
  untag: 'update',
} as const

const bulkRecords = async (deps: CrudDeps, c: Context<AuthEnv>) => {
  pathEntity(c, 'read')
  const request = checked(bulkSchema, await readJson(c))
  const entity = pathEntity(c, rightFor[request.action])
  const work = () => applyBulk({ deps, c, entity, request })
  return mayCreateTags(request) ? deps.tagLock(c.get('principal').workspaceId, work) : work()
}

const mayCreateTags = ({ action }: Bulk): boolean => action === 'tag' || action === 'update'

type Work = { deps: CrudDeps; c: Context<AuthEnv>; entity: AnyEntity; request: Bulk }

const applyBulk = async ({ deps, c, entity, request }: Work) => {
  const tools = createRequestTools(deps, c)
  const wanted = [...new Set(request.ids)]
  const found = await tools.reader.getMany(tools.workspaceId, entity.name, wanted)
  const here = new Map(
    found
      .filter(({ row }) => row.deletedAt === null || request.action === 'restore')
      .map((stored) => [stored.id, stored] as const),
  )
  const part = await partMaker({ entity, tools, request, now: deps.now() })
  const tagEdits: EditInput[] = []
  const edits: EditInput[] = []
  for (const stored of here.values()) {
    const { tagEdits: brought, ...edit } = await part(stored)
    tagEdits.push(...brought)
    edits.push({ ...edit, entity: entity.name, id: stored.id, mustExist: true })
  }
  const outcomes = await deps.commit(c.get('actor'), [...tagEdits, ...edits])
  const outcomeById = new Map(
    edits.map(({ id }, index) => [id, outcomes[tagEdits.length + index]] as const),
  )
  const results = wanted.map((id) => resultOf(id, outcomeById.get(id)))
  const succeeded = results.filter(({ ok }) => ok).length
  return c.json({ succeeded, failed: results.length - succeeded, results })
}

const resultOf = (id: string, outcome: EditOutcome | undefined) => {
  if (outcome?.ok) return { id, ok: true as const }
  const refusal = outcome ? gateRefusal(outcome.refusal) : new Refusal('record.missing')
  const { status, code, detail, errors } = problemBody(refusal)
  return { id, ok: false as const, status, code, detail, errors }
}

type MakerInput = { entity: AnyEntity; tools: Tools; request: Bulk; now: number }

/** How the request makes an edit for a record. */
const partMaker = async ({
  entity,
  tools,
  request,
  now,
}: MakerInput): Promise<(before: StoredRecord) => Promise<Part>> => {
  switch (request.action) {
    case 'delete':
      return async () => ({ s: { deletedAt: new Date(now).toISOString() }, tagEdits: [] })
    case 'restore':
      return async () => ({ s: { deletedAt: null }, tagEdits: [] })
    case 'update':
      return (before) => tools.toEdit(entity, { body: request.values, before })
    case 'tag':
    case 'untag':
      return tagMaker({ entity, tools, action: request.action, names: request.tags })
  }
}

const tagMaker = async ({
  entity,
  tools,
  action,
  names,
}: {
  entity: AnyEntity
  tools: Tools
  action: 'tag' | 'untag'
  names: string[]
}) => {
  const [field] = Object.entries(entity.fields).find(([, { kind }]) => kind === 'tags') ?? []
  if (field === undefined)
    throw invalidRecord([{ path: 'action', message: `${entity.labelPlural} have no tags` }])
  if (action === 'untag') {
    const remove = await tools.tags.find(names)
    return async (): Promise<Part> => ({ s: {}, e: { [field]: { remove } }, tagEdits: [] })
  }
  const { ids: add, created, problems } = await tools.tags.resolve('tags', names)
  if (problems.length > 0) throw invalidRecord(problems)
  // The first record brings the missing tags along; the others find them made.
  return async (): Promise<Part> => ({
    s: {},
    e: { [field]: { add } },
    tagEdits: created.splice(0),
  })
}

/** The route, to be mounted before the generic ones. */
export const createBulkRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.post('/:plural/bulk', (c) => bulkRecords(deps, c))
  return routes
}
