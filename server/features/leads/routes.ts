import { Hono } from 'hono'
import { entities } from '../../../shared/features/index'
import { markLeadLost } from '../../../shared/features/pipelines/moves'
import type { AuthEnv } from '../../auth/authenticate'
import { createActionTools } from '../../kernel/actions'
import { boardQuery, readBoard } from '../../kernel/board'
import { checked, readObjectOrNothing } from '../../kernel/body'
import type { CrudDeps } from '../../kernel/crud'
import { reasonSchema, stageMoveSchema } from '../stage-requests'
import { convert } from './convert'

/** The named actions of leads. */
export const createLeadRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  const entity = entities.lead
  routes.get('/leads/kanban', async (c) => {
    const tools = createActionTools(deps, c, { entity, action: 'read' })
    return c.json(await readBoard(tools, { ...boardOf, query: checked(boardQuery, c.req.query()) }))
  })
  routes.post('/leads/:id/convert', (c) => convert(deps, c))
  routes.post('/leads/:id/move-stage', async (c) => {
    const tools = createActionTools(deps, c, { entity, action: 'update' })
    const { id } = await tools.row()
    const { stage_id: stageId } = checked(stageMoveSchema, await readObjectOrNothing(c))
    await tools.commitAll([{ entity: entity.name, id, set: { stageId } }])
    return tools.answer(id)
  })
  routes.post('/leads/:id/mark-lost', async (c) => {
    const tools = createActionTools(deps, c, { entity, action: 'update' })
    const row = await tools.row()
    const { reason } = checked(reasonSchema, await readObjectOrNothing(c))
    await tools.commitAll([markLeadLost(row, reason ?? null)])
    return tools.answer(row.id)
  })
  return routes
}

const boardOf = { entity: entities.lead, amount: 'expectedRevenue' }
