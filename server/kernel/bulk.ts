/** `POST /{plural}/bulk`: one action on many records, with an outcome for each. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { idSchema } from '../../shared/kernel/ids'
import type { AuthEnv } from '../auth/authenticate'
import { checked, readJson } from './body'
import { type CrudDeps, createRequestTools, pathEntity } from './crud'
import type { EditInput, StoredRecord } from './ports'
import { createTagResolver } from './wire-records'

/** The body of a bulk request. */
export const bulkSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('update'),
    ids: z.array(idSchema).min(1).max(1000),
    values: z.record(z.string(), z.unknown()),
  }),
  z.object({ action: z.enum(['delete', 'restore']), ids: z.array(idSchema).min(1).max(1000) }),
  z.object({
    action: z.enum(['tag', 'untag']),
    ids: z.array(idSchema).min(1).max(1000),
    tags: z.array(z.string().min(1).max(100)).min(1).max(50),
  }),
])

type Bulk = z.infer<typeof bulkSchema>
type EditPart = Pick<EditInput, 's' | 'e' | 'text'>
type Tools = ReturnType<typeof createRequestTools>

const bulkRecords = async (deps: CrudDeps, c: Context<AuthEnv>) => {
  const entity = pathEntity(c)
  const tools = createRequestTools(deps, c)
  const request = checked(bulkSchema, await readJson(c))
  const found = await deps.reader.getMany(tools.workspaceId, entity.name, request.ids)
  const byId = new Map(found.map((stored) => [stored.id, stored]))
  const brought: EditInput[] = []
  const part = await partMaker({ deps, tools, request, brought, c })
  const edits: EditInput[] = []
  for (const id of request.ids)
    edits.push({ ...(await part(byId.get(id))), entity: entity.name, id, mustExist: true })
  const outcomes = (await deps.commit(c.get('actor'), [...brought, ...edits])).slice(brought.length)
  const results = request.ids.map((id, index) => {
    const outcome = outcomes[index]
    return outcome?.ok
      ? { id, ok: true as const }
      : { id, ok: false as const, code: outcome?.refusal.code, detail: outcome?.refusal.detail }
  })
  const succeeded = results.filter(({ ok }) => ok).length
  return c.json({ succeeded, failed: results.length - succeeded, results })
}

type MakerInput = {
  deps: CrudDeps
  tools: Tools
  request: Bulk
  /** Edits of tags that the request brings along. */
  brought: EditInput[]
  c: Context<AuthEnv>
}

/** What the request wants of each record. */
const partMaker = async ({ deps, tools, request, brought, c }: MakerInput) => {
  if (!('tags' in request) && !('values' in request)) {
    const deletedAt = request.action === 'delete' ? new Date().toISOString() : null
    return async (): Promise<EditPart> => ({ s: { deletedAt } })
  }
  if ('values' in request) {
    const entity = pathEntity(c)
    return async (before?: StoredRecord): Promise<EditPart> => {
      const { tagEdits, ...edit } = await tools.toEdit(entity, request.values, before)
      brought.push(...tagEdits)
      return edit
    }
  }
  const resolve = createTagResolver({ reader: deps.reader, workspaceId: tools.workspaceId })
  const ids = await resolve(request.tags, brought)
  const change = request.action === 'tag' ? { add: ids } : { remove: ids }
  return async (): Promise<EditPart> => ({ s: {}, e: { tags: change } })
}

/** The route, to be mounted before the generic ones. */
export const createBulkRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.post('/:plural/bulk', (c) => bulkRecords(deps, c))
  return routes
}
