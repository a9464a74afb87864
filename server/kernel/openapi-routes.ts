/** `/api/openapi.json` and `/api/docs`. */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { readVersion } from '../version'
import { docsPage } from './docs-page'
import { docsStyle } from './docs-style'
import { createOpenApi } from './openapi'
import type { Json } from './openapi-parts'

const styleHash = createHash('sha256').update(docsStyle).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** The routes, to be mounted at `/api`; `actions` are the paths that features add. */
export const createOpenApiRoutes = (actions: { [path: string]: Json }): Hono => {
  const document = createOpenApi(readVersion(), actions)
  const routes = new Hono()
  routes.get('/openapi.json', (c) => c.json(document))
  routes.get('/docs', (c) => {
    c.header('content-security-policy', policy)
    return c.html(docsPage(document, c.req.query('q') ?? ''))
  })
  return routes
}
