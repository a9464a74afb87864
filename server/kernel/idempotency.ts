/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same key and body of one
 * workspace get the same answer for a day; the same key with another request is a conflict.
 */
import { createHash } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import type { Db } from '../db/open'
import { idempotency } from '../db/schema'

const keptMs = 24 * 3600_000
const keptHeaders = ['content-type', 'location', 'etag']

/** Middleware for all POST routes behind authentication. */
export const createIdempotency = (deps: {
  db: Db
  now: () => number
}): MiddlewareHandler<AuthEnv> => {
  const find = (workspaceId: string, key: string) =>
    deps.db
      .select()
      .from(idempotency)
      .where(and(eq(idempotency.workspaceId, workspaceId), eq(idempotency.key, key)))
      .get()
  const forget = (workspaceId: string, key: string) =>
    deps.db
      .delete(idempotency)
      .where(and(eq(idempotency.workspaceId, workspaceId), eq(idempotency.key, key)))
      .run()

  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (c.req.method !== 'POST' || key === undefined) return next()
    if (key === '' || key.length > 255)
      throw new Refusal('request.malformed', {
        detail: 'Idempotency-Key must have 1 to 255 characters.',
      })
    const { workspaceId, userId } = c.get('principal')
    const hash = createHash('sha256').update(`${userId} ${c.req.path} `)
    const requestHash = hash
      .update(new Uint8Array(await c.req.raw.clone().arrayBuffer()))
      .digest('hex')
    deps.db
      .delete(idempotency)
      .where(lt(idempotency.createdAt, deps.now() - keptMs))
      .run()
    const { changes } = deps.db
      .insert(idempotency)
      .values({ workspaceId, key, requestHash, createdAt: deps.now() })
      .onConflictDoNothing()
      .run()
    if (changes === 0) return replay(find(workspaceId, key), requestHash)
    try {
      await next()
    } catch (error) {
      // What failed was not done and may be tried again under the same key.
      forget(workspaceId, key)
      throw error
    }
    if (c.res.status >= 400) {
      forget(workspaceId, key)
      return
    }
    const headers = Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = c.res.headers.get(name)
        return value === null ? [] : [[name, value]]
      }),
    )
    const body = await c.res.clone().text()
    deps.db
      .update(idempotency)
      .set({ status: c.res.status, headers, body })
      .where(and(eq(idempotency.workspaceId, workspaceId), eq(idempotency.key, key)))
      .run()
  }
}

const replay = (
  kept: typeof idempotency.$inferSelect | undefined,
  requestHash: string,
): Response => {
  if (kept && kept.requestHash !== requestHash) throw new Refusal('request.conflict')
  if (!kept || kept.status === null)
    throw new Refusal('request.conflict', {
      detail: 'The first request with this key is still under way.',
    })
  return new Response(kept.body, { status: kept.status, headers: kept.headers ?? {} })
}
