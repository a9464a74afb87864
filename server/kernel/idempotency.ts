/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same key and request of one
 * workspace get the same answer for a day; the same key with another request is a conflict.
 *
 * A request that was cut short (the server died between writing and answering) is resumed by its
 * repetition: the ids of new records derive from the key, so what was written is found, not doubled.
 */
import { createHash } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import type { Db } from '../db/open'
import { idempotency } from '../db/schema'

const keptMs = 24 * 3600_000
const purgeEveryMs = 3600_000
const maxKeyLength = 255
const keptHeaders = ['content-type', 'location', 'etag']

type Kept = typeof idempotency.$inferSelect

/** UUIDv7 of the moment of the first request; its random bits derive from key and position. */
const derivedId = (kept: Kept, position: number): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([kept.workspaceId, kept.key, kept.requestHash, position]))
    .digest('hex')
  const time = kept.createdAt.toString(16).padStart(12, '0')
  const variant = '89ab'.charAt(Number.parseInt(hash.charAt(3), 16) % 4)
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hash.slice(0, 3)}`,
    `${variant}${hash.slice(4, 7)}`,
    hash.slice(7, 19),
  ].join('-')
}

const createIdSource = (kept: Kept): (() => string) => {
  const state = { position: 0 }
  return () => {
    state.position += 1
    return derivedId(kept, state.position)
  }
}

const hashOf = async (c: Context<AuthEnv>): Promise<string> => {
  const { pathname, search } = new URL(c.req.url)
  return createHash('sha256')
    .update(`${c.get('principal').userId} ${pathname.replace(/\/$/, '')}${search} `)
    .update(new Uint8Array(await c.req.raw.clone().arrayBuffer()))
    .digest('hex')
}

const readKey = (c: Context): string | undefined => {
  const key = c.req.header('idempotency-key')
  if (key === '' || (key?.length ?? 0) > maxKeyLength)
    throw new Refusal('request.malformed', {
      detail: `Idempotency-Key must have 1 to ${maxKeyLength} characters.`,
    })
  return key
}

const createAnswers = (db: Db) => {
  const one = ({ workspaceId, key }: Pick<Kept, 'workspaceId' | 'key'>) =>
    and(eq(idempotency.workspaceId, workspaceId), eq(idempotency.key, key))
  return {
    /** Takes the key for this request, unless it is taken; answers whose it is. */
    claim: (wanted: Pick<Kept, 'workspaceId' | 'key' | 'requestHash' | 'createdAt'>) => {
      const { changes } = db.insert(idempotency).values(wanted).onConflictDoNothing().run()
      const kept = db.select().from(idempotency).where(one(wanted)).get()
      if (!kept) throw new Error('a claimed idempotency key is gone')
      return { kept, isFirst: changes === 1 }
    },
    forget: (kept: Kept) => db.delete(idempotency).where(one(kept)).run(),
    keep: async (kept: Kept, answer: Response): Promise<void> => {
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = answer.headers.get(name)
          return value === null ? [] : [[name, value]]
        }),
      )
      const body = await answer.clone().text()
      db.update(idempotency).set({ status: answer.status, headers, body }).where(one(kept)).run()
    },
    purge: (before: number) =>
      db.delete(idempotency).where(lt(idempotency.createdAt, before)).run(),
  }
}

/** Middleware for all POST routes behind authentication. */
export const createIdempotency = (deps: {
  db: Db
  now: () => number
}): MiddlewareHandler<AuthEnv> => {
  const answers = createAnswers(deps.db)
  const running = new Set<string>()
  const state = { purgedAt: 0 }

  const purgeSometimes = (): void => {
    if (deps.now() - state.purgedAt < purgeEveryMs) return
    state.purgedAt = deps.now()
    answers.purge(deps.now() - keptMs)
  }

  return async (c, next) => {
    const key = c.req.method === 'POST' ? readKey(c) : undefined
    if (key === undefined) return next()
    purgeSometimes()
    const { workspaceId } = c.get('principal')
    const requestHash = await hashOf(c)
    const { kept, isFirst } = answers.claim({
      workspaceId,
      key,
      requestHash,
      createdAt: deps.now(),
    })
    if (kept.requestHash !== requestHash) throw new Refusal('request.conflict')
    if (kept.status !== null)
      return new Response(kept.body, { status: kept.status, headers: kept.headers ?? {} })
    const name = `${workspaceId} ${key}`
    if (running.has(name))
      throw new Refusal('request.conflict', {
        detail: 'The first request with this key is still under way.',
        retryAfterS: 1,
      })
    running.add(name)
    try {
      c.set('idempotency', { newId: createIdSource(kept), isResumed: !isFirst })
      await next()
      // What was refused was not done and may be tried again under the same key. What broke may
      // have been done in part, so its claim stays and the repetition resumes it.
      if (c.res.status < 400) await answers.keep(kept, c.res)
      else if (c.res.status < 500) answers.forget(kept)
    } finally {
      running.delete(name)
    }
  }
}
