/** What the rules of entities may look at, for actions that consist of several changes. */
import { newId } from '../../shared/kernel/ids'
import type { RuleContext } from '../../shared/kernel/rules'
import { useSession, useStore } from './use-store'

/** Makes a context as of now; the answers come from this machine's store. */
export const useRuleContext = (): (() => RuleContext) => {
  const store = useStore()
  const { userId, currency } = useSession()
  return () => ({
    now: new Date().toISOString(),
    userId,
    currency,
    newId,
    get: store.get,
    find: async (entity, field, value) =>
      (await store.list({ entity, where: [{ field, operator: 'eq', value }] })).rows,
  })
}
