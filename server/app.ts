/** The HTTP surface. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { Refusal } from '../shared/kernel/refusal'
import { type AuthEnv, requireAuth } from './auth/authenticate'
import { createAuthRoutes } from './auth/routes'
import { createCalendarRoutes } from './features/activities/calendar-feed'
import { actionPaths, createFeatureRoutes } from './features/index'
import { createBulkRoutes } from './kernel/bulk'
import { createCrudRoutes } from './kernel/crud'
import { createHistoryRoutes } from './kernel/history'
import { createIdempotency } from './kernel/idempotency'
import { createOpenApiRoutes } from './kernel/openapi-routes'
import { createPortabilityRoutes } from './kernel/portability'
import { problemResponse, toRefusal, unanswered } from './kernel/problem'
import type { Services } from './kernel/services'
import { createStaticRoutes } from './static'
import { createLookupRoutes } from './sync/lookup'
import { createRefusedEditRoutes } from './sync/refused-edits'

const maxBodyBytes = 20 * 1024 * 1024

const observe = (app: Hono, { log, metrics }: Services): void => {
  app.use('*', async (c, next) => {
    const start = performance.now()
    await next()
    const seconds = (performance.now() - start) / 1000
    metrics.requests.observe({ method: c.req.method, status: c.res.status }, seconds)
    log.debug(
      {
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        ms: Math.round(seconds * 1000),
      },
      'request',
    )
  })
}

const createCrm = (services: Services): Hono<AuthEnv> => {
  const crm = new Hono<AuthEnv>()
  crm.use('*', requireAuth(services.authenticate), createIdempotency(services))
  crm.route('/', createFeatureRoutes(services))
  crm.route('/', createBulkRoutes(services))
  crm.route('/', createPortabilityRoutes(services))
  crm.route('/', createLookupRoutes(services))
  crm.route('/', createRefusedEditRoutes(services))
  crm.route('/', createHistoryRoutes(services))
  crm.route('/', createCrudRoutes(services))
  return crm
}

/** Builds the app; `isReady` says whether requests are still taken. */
export const createApp = (
  services: Services,
  options: { isReady: () => boolean; rendererRoot: string },
): Hono => {
  // Not strict: addresses work with and without a trailing slash.
  const app = new Hono({ strict: false })
  observe(app, services)
  app.use(
    '*',
    secureHeaders({ crossOriginResourcePolicy: false, xFrameOptions: 'DENY' }),
    compress(),
  )
  // Bearer tokens, no cookies: any origin may ask, the token decides.
  app.use(
    '/api/*',
    cors({
      origin: '*',
      exposeHeaders: ['etag', 'location', 'retry-after'],
      allowHeaders: ['authorization', 'content-type', 'if-match', 'idempotency-key'],
    }),
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new Refusal('request.too-large', {
          detail: `A body may have ${maxBodyBytes} bytes at most.`,
        })
      },
    }),
  )
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) =>
    options.isReady()
      ? c.json({ status: 'ready' })
      : problemResponse(c, new Refusal('server.stopping')),
  )
  app.get('/metrics', async (c) =>
    c.text(await services.metrics.registry.metrics(), 200, {
      'content-type': services.metrics.registry.contentType,
    }),
  )
  app.route('/api/v1/auth', createAuthRoutes(services))
  app.route('/api', createOpenApiRoutes(actionPaths()))
  app.route('/api/v1/calendar', createCalendarRoutes(services))
  app.route('/api/v1/crm', createCrm(services))
  app.all('/api/*', unanswered(app))
  app.route('/', createStaticRoutes(options.rendererRoot))
  app.notFound((c) => problemResponse(c, new Refusal('request.not-found')))
  app.onError((error, c) => problemResponse(c, toRefusal(error, services.log)))
  return app
}
