/** `/api/v1/auth/api-keys`: keys with which programs act for the person who made them. */
import { and, eq, isNull } from 'drizzle-orm'
import { Hono } from 'hono'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { apiKey } from '../db/schema'
import { checked, readJson } from '../kernel/body'
import { type AuthEnv, type Authenticate, apiKeyPrefix, requireAuth } from './authenticate'
import { hashToken, randomToken } from './tokens'
import { authSchemas } from './wire'

const shown = {
  id: apiKey.id,
  name: apiKey.name,
  prefix: apiKey.prefix,
  created_at: apiKey.createdAt,
}

/** The routes, for owners and admins alone. */
export const createApiKeyRoutes = (deps: { db: Db; authenticate: Authenticate }): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.use('*', requireAuth(deps.authenticate), async (c, next) => {
    const { role } = c.get('principal')
    if (role !== 'owner' && role !== 'admin') throw new Refusal('auth.forbidden')
    await next()
  })
  const live = (workspaceId: string) =>
    and(eq(apiKey.workspaceId, workspaceId), isNull(apiKey.revokedAt))
  routes.get('/', (c) => {
    const { workspaceId } = c.get('principal')
    return c.json({ items: deps.db.select(shown).from(apiKey).where(live(workspaceId)).all() })
  })
  routes.post('/', async (c) => {
    const { name } = checked(authSchemas.apiKey, await readJson(c))
    const { workspaceId, userId } = c.get('principal')
    const key = randomToken(apiKeyPrefix)
    const row = deps.db
      .insert(apiKey)
      .values({
        id: newId(),
        name,
        prefix: key.slice(0, apiKeyPrefix.length + 4),
        workspaceId,
        userId,
        keyHash: hashToken(key),
      })
      .returning(shown)
      .get()
    // The only time that the key itself is shown.
    return c.json({ ...row, key }, 201)
  })
  routes.delete('/:id', (c) => {
    const { changes } = deps.db
      .update(apiKey)
      .set({ revokedAt: new Date().toISOString() })
      .where(and(eq(apiKey.id, c.req.param('id')), live(c.get('principal').workspaceId)))
      .run()
    if (changes === 0) throw new Refusal('record.missing')
    return c.body(null, 204)
  })
  return routes
}
