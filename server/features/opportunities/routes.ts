import { Hono } from 'hono'
import { entities } from '../../../shared/features/index'
import { markOpportunityLost, markWon } from '../../../shared/features/pipelines/moves'
import type { AuthEnv } from '../../auth/authenticate'
import { createActionTools } from '../../kernel/actions'
import { boardQuery, readBoard } from '../../kernel/board'
import { checked, readObjectOrNothing } from '../../kernel/body'
import type { CrudDeps } from '../../kernel/crud'
import { reasonSchema, stageMoveSchema } from '../stage-requests'
import { readForecast } from './forecast'

/** The named actions of opportunities. */
export const createOpportunityRoutes = (deps: CrudDeps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  const entity = entities.opportunity
  routes.get('/opportunities/kanban', async (c) => {
    const tools = createActionTools(deps, c, { entity, action: 'read' })
    return c.json(await readBoard(tools, { ...boardOf, query: checked(boardQuery, c.req.query()) }))
  })
  routes.get('/opportunities/forecast', (c) => readForecast(deps, c))
  routes.post('/opportunities/:id/move-stage', async (c) => {
    const tools = createActionTools(deps, c, { entity, action: 'update' })
    const { id } = await tools.row()
    const { stage_id: stageId } = checked(stageMoveSchema, await readObjectOrNothing(c))
    await tools.commitAll([{ entity: entity.name, id, set: { stageId } }])
    return tools.answer(id)
  })
  for (const [path, mark] of Object.entries({
    'mark-won': markWon,
    'mark-lost': markOpportunityLost,
  }))
    routes.post(`/opportunities/:id/${path}`, async (c) => {
      const tools = createActionTools(deps, c, { entity, action: 'update' })
      const row = await tools.row()
      const { reason } = checked(reasonSchema, await readObjectOrNothing(c))
      await tools.commitAll([await mark(row, reason ?? null, tools.context)])
      return tools.answer(row.id)
    })
  return routes
}

const boardOf = { entity: entities.opportunity, amount: 'amount' }
