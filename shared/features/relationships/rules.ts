import { type AnyRow, titleOf } from '../../kernel/entity'
import type { FieldProblem } from '../../kernel/refusal'
import type { EntityRule, RuleContext } from '../../kernel/rules'
import { account } from '../accounts/account'
import { contact } from '../contacts/contact'

const ends = ['contactId', 'accountId', 'relatedContactId', 'relatedAccountId'] as const

const problemsOf = (next: AnyRow): FieldProblem[] => {
  if (ends.filter((name) => next[name]).length < 2)
    return [{ path: 'relationshipType', message: 'A relationship needs two ends.' }]
  if (next.contactId && next.contactId === next.relatedContactId)
    return [{ path: 'relatedContactId', message: 'must be somebody else' }]
  if (next.accountId && next.accountId === next.relatedAccountId)
    return [{ path: 'relatedAccountId', message: 'must be another account' }]
  if (typeof next.since === 'string' && typeof next.until === 'string' && next.until < next.since)
    return [{ path: 'until', message: 'must not lie before the beginning' }]
  return []
}

const namesOf = async (next: AnyRow, { get }: RuleContext): Promise<string[]> => {
  const names = await Promise.all(
    ends.map(async (name) => {
      const entity = name.endsWith('ontactId') ? contact : account
      const row = next[name] ? await get(entity.name, String(next[name])) : null
      return row ? titleOf(entity, row) : ''
    }),
  )
  return names.filter((name) => name !== '')
}

/** Two different ends, in order; called by the names of both unless somebody calls it otherwise. */
export const relationshipRule: EntityRule = async ({ next, set }, context) => {
  const isNamed = set.title || !ends.some((name) => name in set)
  return {
    problems: problemsOf(next),
    ...(isNamed ? {} : { set: { title: (await namesOf(next, context)).join(' – ') } }),
  }
}
