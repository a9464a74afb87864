/** Sign-ins: refresh tokens rotate, and the reuse of a spent one ends its whole family. */
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { session } from '../db/schema'
import type { Devices } from './devices'
import { hashToken, randomToken, refreshTokenMs } from './tokens'

/**
 * A token spent a moment ago is taken once more: the answer that carried its successor may have
 * been lost with the network, or two windows of one app refreshed at once. Whoever stole a token
 * gains nothing by these seconds: the next use of either copy after them ends the sign-in. In
 * milliseconds.
 */
const lostAnswerMs = 10_000

export type Granted = { refreshToken: string; family: string; userId: string }

/** The refresh tokens in the database. */
export const createSessions = (deps: { db: Db; now: () => number; devices: Devices }) => {
  /** Asked at every request, so it is prepared, and looks for one live token and no further. */
  const liveToken = deps.db
    .select({ family: session.family })
    .from(session)
    .where(and(eq(session.family, sql.placeholder('family')), isNull(session.revokedAt)))
    .limit(1)
    .prepare()
  const grant = (userId: string, family: string): Granted => {
    const refreshToken = randomToken('rbr_')
    deps.db
      .insert(session)
      .values({
        tokenHash: hashToken(refreshToken),
        family,
        userId,
        expiresAt: deps.now() + refreshTokenMs,
      })
      .run()
    return { refreshToken, family, userId }
  }
  const revoke = (family: string): void => {
    deps.db.update(session).set({ revokedAt: deps.now() }).where(eq(session.family, family)).run()
  }
  return {
    /** Begins a sign-in; what has expired is thrown away at this occasion. */
    start: (userId: string): Granted => {
      deps.db.delete(session).where(lt(session.expiresAt, deps.now())).run()
      return grant(userId, newId())
    },
    /** Spends a token for the next one; throws `auth.expired`, `auth.reused` or `device.revoked`. */
    rotate: (refreshToken: string): Granted => {
      const tokenHash = hashToken(refreshToken)
      const found = deps.db.select().from(session).where(eq(session.tokenHash, tokenHash)).get()
      const now = deps.now()
      if (!found || found.expiresAt < now) throw new Refusal('auth.expired')
      if (found.revokedAt !== null)
        throw deps.devices.endOf(found.family) ?? new Refusal('auth.expired')
      if (found.usedAt !== null && now - found.usedAt > lostAnswerMs) {
        revoke(found.family)
        throw new Refusal('auth.reused')
      }
      deps.db
        .update(session)
        .set({ usedAt: found.usedAt ?? now })
        .where(eq(session.tokenHash, tokenHash))
        .run()
      return grant(found.userId, found.family)
    },
    /** Ends the sign-in that a token belongs to; an unknown token is no error. */
    end: (refreshToken: string): void => {
      const found = deps.db
        .select({ family: session.family })
        .from(session)
        .where(eq(session.tokenHash, hashToken(refreshToken)))
        .get()
      if (found) revoke(found.family)
    },
    revoke,
    isRevoked: (family: string): boolean => liveToken.get({ family }) === undefined,
  }
}
