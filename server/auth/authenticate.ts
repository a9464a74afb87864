/** Who comes with a request or a connection: by access token or by API key. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context, MiddlewareHandler } from 'hono'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { apiKey } from '../db/schema'
import type { Actor } from '../kernel/ports'
import type { Devices } from './devices'
import type { createPrincipals, Principal } from './logins'
import type { createSessions } from './sessions'
import { type createTokens, hashToken } from './tokens'

/** Ids for the records that a request creates; the same ones again when a cut-short request is resumed. */
export type Idempotency = { newId: () => string; isResumed: boolean }

/** Hono's variables behind the authentication middleware. */
export type AuthEnv = {
  Variables: {
    principal: Principal
    /** The sign-in; null for an API key. */
    family: string | null
    actor: Actor
    idempotency: Idempotency
  }
}

export type Authenticated = {
  principal: Principal
  /** The sign-in that the token belongs to; null for an API key. */
  family: string | null
  expiresAtMs: number
}

export type Authenticate = (token: string) => Promise<Authenticated>

/** Prefix by which API keys are known, so that scanners find leaked ones. */
export const apiKeyPrefix = 'rbk_'

type Deps = {
  db: Db
  tokens: ReturnType<typeof createTokens>
  sessions: ReturnType<typeof createSessions>
  principals: ReturnType<typeof createPrincipals>
  devices: Devices
}

const ended = () => new Refusal('auth.missing', { detail: 'This sign-in has been ended.' })

/** Verifies a bearer token. Role and state are read anew, so that a disabled user stops at once. */
export const createAuthenticate = (deps: Deps): Authenticate => {
  const liveKey = deps.db
    .select({ userId: apiKey.userId })
    .from(apiKey)
    .where(and(eq(apiKey.keyHash, sql.placeholder('keyHash')), isNull(apiKey.revokedAt)))
    .prepare()
  const byKey = (key: string): Authenticated => {
    const found = liveKey.get({ keyHash: hashToken(key) })
    const principal = found && deps.principals.byId(found.userId)
    if (!principal) throw new Refusal('auth.missing', { detail: 'The API key is not valid.' })
    return { principal, family: null, expiresAtMs: Number.POSITIVE_INFINITY }
  }
  return async (token) => {
    if (token.startsWith(apiKeyPrefix)) return byKey(token)
    const claims = await deps.tokens.verify(token)
    const { family } = claims
    const principal = deps.principals.byId(claims.userId)
    if (deps.sessions.isRevoked(family)) throw deps.devices.endOf(family) ?? ended()
    if (!principal || principal.workspaceId !== claims.workspaceId) throw ended()
    return { principal, family, expiresAtMs: claims.expiresAtS * 1000 }
  }
}

/** The bearer token of a request; throws `auth.missing` where there is none. */
export const bearerOf = (c: Context): string => {
  const [scheme, token] = (c.req.header('authorization') ?? '').trim().split(/ +/)
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Refusal('auth.missing')
  return token
}

/** Middleware that lets only signed-in requests through. */
export const requireAuth =
  (authenticate: Authenticate): MiddlewareHandler<AuthEnv> =>
  async (c, next) => {
    const { principal, family } = await authenticate(bearerOf(c))
    c.set('principal', principal)
    c.set('family', family)
    c.set('idempotency', { newId, isResumed: false })
    c.set('actor', {
      workspaceId: principal.workspaceId,
      userId: principal.userId,
      role: principal.role,
      via: 'rest',
    })
    await next()
  }
