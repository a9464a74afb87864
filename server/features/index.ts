/** What features add to the generic routes; mounted before them. */
import { Hono } from 'hono'
import type { AuthEnv } from '../auth/authenticate'
import type { Db } from '../db/open'
import type { CrudDeps } from '../kernel/crud'
import { createFileRoutes } from './files/content'
import { createLeadRoutes } from './leads/routes'
import { createOpportunityRoutes } from './opportunities/routes'

export { actionPaths } from './openapi'

export const createFeatureRoutes = (deps: CrudDeps & { db: Db }): Hono<AuthEnv> =>
  new Hono<AuthEnv>()
    .route('/', createLeadRoutes(deps))
    .route('/', createOpportunityRoutes(deps))
    .route('/', createFileRoutes(deps))
