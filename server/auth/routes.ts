/** `/api/v1/auth`: first-run setup, sign-in, refresh, sign-out, API keys. */
import { and, eq, isNull } from 'drizzle-orm'
import { Hono } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { apiKey, workspace } from '../db/schema'
import { checked, readJson } from '../kernel/body'
import type { Commit } from '../kernel/ports'
import { type AuthEnv, type Authenticate, apiKeyPrefix, requireAuth } from './authenticate'
import { createLogin, type createPrincipals, createWorkspace, type Principal } from './logins'
import { hashPassword, verifyPassword } from './passwords'
import type { createSessions, Granted } from './sessions'
import { accessTokenS, type createTokens, hashToken, randomToken } from './tokens'

export type AuthDeps = {
  db: Db
  commit: Commit
  tokens: ReturnType<typeof createTokens>
  sessions: ReturnType<typeof createSessions>
  principals: ReturnType<typeof createPrincipals>
  authenticate: Authenticate
}

const password = z.string().min(8, 'must have at least 8 characters').max(200)

/** Bodies of the auth routes; OpenAPI shows the same. */
export const authSchemas = {
  setup: z.object({
    workspace_name: z.string().trim().min(1).max(100),
    workspace_slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be a-z, 0-9 and inner hyphens'),
    name: z.string().trim().min(1).max(100),
    email: z.email().max(254),
    password,
  }),
  login: z.object({
    email: z.string().min(1).max(254),
    password: z.string().min(1).max(200),
    workspace: z.string().max(40).optional(),
  }),
  refresh: z.object({ refresh_token: z.string().min(1).max(200) }),
  apiKey: z.object({ name: z.string().trim().min(1).max(100) }),
} as const

const userOnWire = (principal: Principal) => ({
  id: principal.userId,
  name: principal.name,
  email: principal.email,
  role: principal.role,
})

const workspaceOnWire = (principal: Principal) => ({
  id: principal.workspaceId,
  slug: principal.workspaceSlug,
  name: principal.workspaceName,
  currency: principal.currency,
})

const createThrottle = () => {
  const limiter = new RateLimiterMemory({ points: 10, duration: 300, blockDuration: 60 })
  return {
    spend: async (key: string): Promise<void> => {
      try {
        await limiter.consume(key)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        throw new Refusal('auth.throttled', { retryAfterS: Math.ceil(error.msBeforeNext / 1000) })
      }
    },
    forgive: async (key: string): Promise<void> => {
      await limiter.delete(key)
    },
  }
}

/** Checks credentials; takes as long for an unknown address as for a wrong password. */
const createSignIn = ({ principals }: AuthDeps) => {
  const hashOfNobody = hashPassword(randomToken(''))
  return async (input: z.infer<typeof authSchemas.login>): Promise<Principal> => {
    const candidates = principals.byEmail(input.email, input.workspace)
    if (candidates.length === 0) await verifyPassword(input.password, await hashOfNobody)
    const matching: Principal[] = []
    for (const { principal, passwordHash } of candidates)
      if (await verifyPassword(input.password, passwordHash)) matching.push(principal)
    const [only, another] = matching
    if (!only) throw new Refusal('auth.invalid')
    if (another)
      throw new Refusal('record.invalid', {
        detail: 'Several workspaces know this address; name the one to sign in to.',
        errors: [{ path: 'workspace', message: 'is required here' }],
      })
    return only
  }
}

const apiKeyRoutes = (deps: AuthDeps) => {
  const routes = new Hono<AuthEnv>()
  routes.use('*', requireAuth(deps.authenticate), async (c, next) => {
    const { role } = c.get('principal')
    if (role !== 'owner' && role !== 'admin') throw new Refusal('auth.forbidden')
    await next()
  })
  routes.get('/', (c) => {
    const keys = deps.db
      .select({
        id: apiKey.id,
        name: apiKey.name,
        prefix: apiKey.prefix,
        created_at: apiKey.createdAt,
      })
      .from(apiKey)
      .where(and(eq(apiKey.workspaceId, c.get('principal').workspaceId), isNull(apiKey.revokedAt)))
      .all()
    return c.json({ items: keys })
  })
  routes.post('/', async (c) => {
    const { name } = checked(authSchemas.apiKey, await readJson(c))
    const { workspaceId, userId } = c.get('principal')
    const key = randomToken(apiKeyPrefix)
    const row = { id: newId(), name, prefix: key.slice(0, 8) }
    deps.db
      .insert(apiKey)
      .values({ ...row, workspaceId, userId, keyHash: hashToken(key) })
      .run()
    // The only time that the key itself is shown.
    return c.json({ ...row, key }, 201)
  })
  routes.delete('/:id', (c) => {
    const { changes } = deps.db
      .update(apiKey)
      .set({ revokedAt: new Date().toISOString() })
      .where(
        and(
          eq(apiKey.id, c.req.param('id')),
          eq(apiKey.workspaceId, c.get('principal').workspaceId),
        ),
      )
      .run()
    if (changes === 0) throw new Refusal('record.missing')
    return c.body(null, 204)
  })
  return routes
}

/** The routes, to be mounted at `/api/v1/auth`. */
export const createAuthRoutes = (deps: AuthDeps) => {
  const routes = new Hono<AuthEnv>()
  const signIn = createSignIn(deps)
  const throttle = createThrottle()
  const answer = async (granted: Granted) => {
    const principal = deps.principals.byId(granted.userId)
    if (!principal) throw new Refusal('auth.expired')
    const { userId, workspaceId } = principal
    return {
      access_token: await deps.tokens.sign({ userId, workspaceId, family: granted.family }),
      refresh_token: granted.refreshToken,
      token_type: 'Bearer',
      expires_in: accessTokenS,
      user: userOnWire(principal),
      workspace: workspaceOnWire(principal),
    }
  }
  const someWorkspace = () =>
    deps.db.select({ slug: workspace.slug }).from(workspace).limit(1).get()

  routes.get('/status', (c) => {
    const first = someWorkspace()
    return c.json({ setup_needed: first === undefined, demo: first?.slug === 'demo' })
  })
  routes.post('/setup', async (c) => {
    const input = checked(authSchemas.setup, await readJson(c))
    if (someWorkspace()) throw new Refusal('setup.done')
    const workspaceId = createWorkspace(deps.db, {
      name: input.workspace_name,
      slug: input.workspace_slug,
    })
    const { name, email } = input
    const userId = await createLogin(deps, {
      workspaceId,
      name,
      email,
      password: input.password,
      role: 'owner',
    })
    return c.json(await answer(deps.sessions.start(userId)), 201)
  })
  routes.post('/login', async (c) => {
    const input = checked(authSchemas.login, await readJson(c))
    const key = input.email.toLowerCase()
    await throttle.spend(key)
    const principal = await signIn(input)
    await throttle.forgive(key)
    return c.json(await answer(deps.sessions.start(principal.userId)))
  })
  routes.post('/refresh', async (c) => {
    const input = checked(authSchemas.refresh, await readJson(c))
    return c.json(await answer(deps.sessions.rotate(input.refresh_token)))
  })
  routes.post('/logout', async (c) => {
    const input = checked(authSchemas.refresh, await readJson(c))
    deps.sessions.end(input.refresh_token)
    return c.body(null, 204)
  })
  routes.get('/me', requireAuth(deps.authenticate), (c) => {
    const principal = c.get('principal')
    return c.json({ user: userOnWire(principal), workspace: workspaceOnWire(principal) })
  })
  routes.route('/api-keys', apiKeyRoutes(deps))
  return routes
}
