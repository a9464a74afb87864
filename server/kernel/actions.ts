/** What the named actions of features have in common: one record, some changes, one group. */
import type { Context } from 'hono'
import type { Action } from '../../shared/kernel/access'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import type { RecordChange, RuleContext } from '../../shared/kernel/rules'
import type { AuthEnv } from '../auth/authenticate'
import { changeToEdit, createRuleContext } from './commit/complete'
import { type CrudDeps, createRequestTools, requireAccepted, requireRight, respond } from './crud'
import type { EditInput } from './ports'

type AuthContext = Context<AuthEnv>

/** One request of an action on a record of an entity; refuses roles that may not do that. */
export const createActionTools = (
  deps: CrudDeps,
  c: AuthContext,
  { entity, action }: { entity: AnyEntity; action: Action },
) => {
  requireRight(c, action, entity)
  const tools = createRequestTools(deps, c)
  const context: RuleContext = createRuleContext({ ...deps, reader: tools.reader }, c.get('actor'))
  return {
    ...tools,
    context,
    /** The record of the path. */
    row: async (): Promise<AnyRow> => (await tools.visible(entity, c.req.param('id') ?? '')).row,
    /** Writes all changes together; the first refusal refuses them all. */
    commitAll: async (changes: readonly RecordChange[], first: readonly EditInput[] = []) => {
      const g = newId()
      const edits = [...first, ...changes.map(changeToEdit)].map((edit) => ({ ...edit, g }))
      for (const outcome of await deps.commit(c.get('actor'), edits)) requireAccepted(outcome)
    },
    /** Answers with a record as it stands now. */
    answer: (id: string) => respond(c, tools, { entity, id }),
  }
}
