/** What follows from a person's changes by the rules of the entities, before they are written. */
import { entityNamed } from '../../../shared/features'
import { rules } from '../../../shared/features/rules'
import { newId } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import { type RuleContext, withConsequences } from '../../../shared/kernel/rules'
import type { Change, CommitResult } from '../api'
import type { Queries } from '../query/queries'

/** What rules may look at on this machine. */
export type RuleDeps = {
  queries: Pick<Queries, 'get' | 'list'>
  userId: string
  /** ISO 4217. */
  currency: string
  /** Unix milliseconds. */
  now: number
}

/** Reading for rules over the rows of this machine. */
export const localRuleContext = ({ queries, userId, currency, now }: RuleDeps): RuleContext => ({
  now: new Date(now).toISOString(),
  userId,
  currency,
  newId,
  get: queries.get,
  find: async (entity, field, value) => {
    const { rows } = await queries.list({ entity, where: [{ field, operator: 'eq', value }] })
    return rows
  },
})

type Completed = { ok: true; changes: Change[] } | Extract<CommitResult, { ok: false }>

/** The changes with their consequences, or the reasons against them. */
export const completeChanges = async (
  changes: readonly Change[],
  deps: RuleDeps,
): Promise<Completed> => {
  try {
    const completed = await withConsequences<Change>(changes, {
      rules,
      entityNamed,
      context: localRuleContext(deps),
    })
    return { ok: true, changes: completed }
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, refusal: cause.info }
    throw cause
  }
}
