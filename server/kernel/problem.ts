/** Refusals and failures as RFC 9457 problem details. */
import type { Context, Handler, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import {
  type FieldProblem,
  Refusal,
  type RefusalCode,
  type RefusalInfo,
} from '../../shared/kernel/refusal'
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
  507: 'Storage full',
}

/** What an HTTP status says, for people. */
export const titleOfStatus = (status: number): string => titles[status] ?? 'Error'

/** The body of a refusal. */
export const problemBody = (refusal: Refusal) => ({
  type: `https://roadbook.test/problems/${refusal.code}`,
  title: titleOfStatus(refusal.status),
  status: refusal.status,
  detail: refusal.message,
  code: refusal.code,
  errors: refusal.errors,
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

/** Problems of the gate, which speaks of field names, with the wire's names; the first one of each field. */
export const wireProblems = (errors: readonly FieldProblem[]): FieldProblem[] =>
  [
    ...new Map(
      errors
        .map(({ path, message }) => ({ path: camelToSnake(path), message }))
        .reverse()
        .map((problem) => [problem.path, problem] as const),
    ).values(),
  ].reverse()

/** A refusal of values that names each of them; paths are wire names. */
export const invalidRecord = (errors: FieldProblem[]): Refusal =>
  new Refusal('record.invalid', {
    detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
    errors,
  })

/** What the gate refused, as the API says it. */
export const gateRefusal = ({ code, detail, errors }: RefusalInfo): Refusal =>
  code === 'record.invalid' && errors.length > 0
    ? invalidRecord(wireProblems(errors))
    : new Refusal(code, { detail, errors: wireProblems(errors) })

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}/?$`)

/** Answers what no route took: 405 with `Allow` where another method would have been, 404 elsewhere. */
export const unanswered = (app: Pick<Hono, 'routes'>): Handler => {
  const state: { routes?: { method: string; pattern: RegExp }[] } = {}
  return (c) => {
    state.routes ??= app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .map(({ method, path }) => ({ method, pattern: patternOf(path) }))
    const allowed = state.routes
      .filter(({ pattern }) => pattern.test(c.req.path))
      .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    if (allowed.length === 0) throw new Refusal('request.not-found')
    c.header('allow', [...new Set(allowed)].join(', '))
    return problemResponse(c, new Refusal('request.method'))
  }
}
