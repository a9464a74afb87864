/** Access tokens (JWT, RFC 7519, HS256) and refresh tokens (random, stored by hash). */
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Role } from '../../shared/kernel/access'
import { Refusal } from '../../shared/kernel/refusal'

/** How long an access token lives, in seconds. */
export const accessTokenS = 15 * 60
/** How long a refresh token lives unused, in milliseconds. */
export const refreshTokenMs = 60 * 24 * 3600_000

/**
 * Tokens whose signature need not be checked again. The check waits for a thread of a pool, on a busy
 * machine for milliseconds, and one comes with every request and every message.
 */
const mostRemembered = 5_000

const issuer = 'roadbook'
const audience = 'roadbook'

const claimsSchema = z.object({ sub: z.string(), ws: z.string(), fam: z.string(), exp: z.number() })

/** What an access token says: user, workspace, sign-in (family), expiry in Unix seconds. */
export type Claims = { userId: string; workspaceId: string; family: string; expiresAtS: number }

/** Signs and verifies access tokens. */
export const createTokens = (deps: { secret: string; now: () => number }) => {
  // Imported once: given as bytes, it would be for every token.
  const key = webcrypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(deps.secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
  const verified = new Map<string, Claims>()
  const remember = (token: string, claims: Claims): Claims => {
    const [oldest] = verified.keys()
    if (oldest !== undefined && verified.size >= mostRemembered) verified.delete(oldest)
    verified.set(token, claims)
    return claims
  }
  /** What a token says whose signature was found right before; an expired one is looked at anew. */
  const recalled = (token: string): Claims | undefined => {
    const claims = verified.get(token)
    if (!claims || claims.expiresAtS * 1000 > deps.now()) return claims
    verified.delete(token)
    return undefined
  }
  return {
    /** The role is for whoever reads the token; the server reads it anew at each request. */
    sign: async (claims: Omit<Claims, 'expiresAtS'> & { role: Role }): Promise<string> => {
      const issuedAt = Math.floor(deps.now() / 1000)
      return new SignJWT({ ws: claims.workspaceId, fam: claims.family, role: claims.role })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(claims.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accessTokenS)
        .sign(await key)
    },
    verify: async (token: string): Promise<Claims> => {
      const known = recalled(token)
      if (known) return known
      try {
        const { payload } = await jwtVerify(token, await key, {
          issuer,
          audience,
          algorithms: ['HS256'],
          currentDate: new Date(deps.now()),
        })
        const { sub, ws, fam, exp } = claimsSchema.parse(payload)
        return remember(token, { userId: sub, workspaceId: ws, family: fam, expiresAtS: exp })
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new Refusal('auth.expired', { cause: error })
        throw new Refusal('auth.missing', {
          detail: 'The access token is not valid.',
          cause: error,
        })
      }
    },
  }
}

/** A new random secret with a prefix, 256 bits. */
export const randomToken = (prefix: string): string =>
  prefix + randomBytes(32).toString('base64url')

/** What is stored of a random secret; such secrets need no salt. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
