/** `/api/v1/auth`: first-run setup, sign-in, refresh, sign-out, API keys. */
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { workspace } from '../db/schema'
import { checked, readJson, readObjectOrNothing } from '../kernel/body'
import type { Commit } from '../kernel/ports'
import { readVersion } from '../version'
import { createApiKeyRoutes } from './api-keys'
import { type AuthEnv, type Authenticate, bearerOf, requireAuth } from './authenticate'
import { createDeviceRoutes } from './device-routes'
import type { Devices } from './devices'
import { type createPrincipals, normaliseEmail } from './logins'
import type { PasswordCost } from './passwords'
import type { createSessions, Granted } from './sessions'
import { createSetup } from './setup'
import { createSignIn } from './sign-in'
import { addressOf, createThrottle } from './throttle'
import { accessTokenS, type createTokens } from './tokens'
import { authSchemas, userOnWire, workspaceOnWire } from './wire'

export type AuthDeps = {
  db: Db
  commit: Commit
  tokens: ReturnType<typeof createTokens>
  sessions: ReturnType<typeof createSessions>
  principals: ReturnType<typeof createPrincipals>
  authenticate: Authenticate
  devices: Devices
  /** Called when somebody has lost access. */
  onRevoked: () => void
  passwordCost?: PasswordCost | undefined
}

const createAnswer =
  ({ principals, tokens }: AuthDeps) =>
  async (granted: Granted) => {
    const principal = principals.byId(granted.userId)
    if (!principal) throw new Refusal('auth.expired')
    const { userId, workspaceId, role } = principal
    return {
      access_token: await tokens.sign({ userId, workspaceId, role, family: granted.family }),
      refresh_token: granted.refreshToken,
      token_type: 'Bearer',
      expires_in: accessTokenS,
      user: userOnWire(principal),
      workspace: workspaceOnWire(principal),
    }
  }

const hasDemo = (db: Db): boolean =>
  db.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, 'demo')).get() !==
  undefined

/** The routes, to be mounted at `/api/v1/auth`. */
export const createAuthRoutes = (deps: AuthDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  const setup = createSetup(deps)
  const signIn = createSignIn(deps.principals)
  const throttle = createThrottle()
  const answer = createAnswer(deps)
  const version = readVersion()

  routes.get('/status', (c) =>
    c.json({ setup_needed: setup.isNeeded(), demo: hasDemo(deps.db), version }),
  )
  routes.post('/setup', async (c) => {
    const userId = await setup.run(checked(authSchemas.setup, await readJson(c)))
    return c.json(await answer(deps.sessions.start(userId)), 201)
  })
  routes.post('/login', async (c) => {
    const input = checked(authSchemas.login, await readJson(c))
    const email = normaliseEmail(input.email)
    await throttle.attempt(addressOf(c), email)
    const principal = await signIn(input)
    await throttle.succeed(addressOf(c), email)
    return c.json(await answer(deps.sessions.start(principal.userId)))
  })
  routes.post('/refresh', async (c) => {
    const input = checked(authSchemas.refresh, await readJson(c))
    return c.json(await answer(deps.sessions.rotate(input.refresh_token)))
  })
  routes.post('/logout', async (c) => {
    const input = checked(authSchemas.logout, await readObjectOrNothing(c))
    if (input.refresh_token !== undefined) deps.sessions.end(input.refresh_token)
    else deps.sessions.revoke((await deps.tokens.verify(bearerOf(c))).family)
    return c.body(null, 204)
  })
  routes.get('/me', requireAuth(deps.authenticate), (c) => {
    const principal = c.get('principal')
    return c.json({ user: userOnWire(principal), workspace: workspaceOnWire(principal) })
  })
  routes.route('/api-keys', createApiKeyRoutes(deps))
  routes.route('/devices', createDeviceRoutes(deps))
  return routes
}
