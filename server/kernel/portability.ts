/** Export and import of every entity of the register. */
import { Hono } from 'hono'
import type { AuthEnv } from '../auth/authenticate'
import type { CrudDeps } from './crud'
import { exportRecords } from './portability-export'
import { importRecords } from './portability-import'

/** The routes, to be mounted before the generic ones. */
export const createPortabilityRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.get('/:plural/export', (c) => exportRecords(deps, c))
  routes.post('/:plural/import', (c) => importRecords(deps, c))
  return routes
}
