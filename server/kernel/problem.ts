/** Refusals and failures as RFC 9457 problem details. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import { Refusal, type RefusalCode } from '../../shared/kernel/refusal'
import { camelToSnake } from '../../shared/kernel/wire'

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  422: 'Invalid',
  426: 'Upgrade required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
}

/** The body of a refusal; paths of fields are wire names. */
export const problemBody = (refusal: Refusal) => ({
  type: `https://roadbook.test/problems/${refusal.code}`,
  title: titles[refusal.status] ?? 'Error',
  status: refusal.status,
  detail: refusal.message,
  code: refusal.code,
  errors: refusal.errors.map(({ path, message }) => ({ path: camelToSnake(path), message })),
})

/** Answers with a refusal. */
export const problemResponse = (c: Context, refusal: Refusal): Response => {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (refusal.retryAfterS !== undefined) headers['retry-after'] = String(refusal.retryAfterS)
  if (refusal.status === 401) headers['www-authenticate'] = 'Bearer'
  // Hono wants a status that carries content; the table of refusals has no other.
  return c.json(problemBody(refusal), refusal.status as ContentfulStatusCode, headers)
}

const statusCodes: Record<number, RefusalCode> = {
  400: 'request.malformed',
  404: 'request.not-found',
  413: 'request.too-large',
}

/** Whatever was thrown, as a refusal; what nobody foresaw is logged and tells no detail. */
export const toRefusal = (error: unknown, log: Logger): Refusal => {
  if (error instanceof Refusal) return error
  if (error instanceof HTTPException)
    return new Refusal(statusCodes[error.status] ?? 'request.malformed', { cause: error })
  log.error({ err: error }, 'unexpected error')
  return new Refusal('internal')
}
