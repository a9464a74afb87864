/** Accounts that a file knows by their names alone. */
import { account } from '../../shared/features/accounts/account'
import { newId } from '../../shared/kernel/ids'
import { type CrudDeps, withDefaults } from './crud'
import type { Actor, EditInput } from './ports'
import { gateRefusal } from './problem'

/** How names are compared. */
export const nameKey = (name: string): string => name.trim().toLowerCase()

const chunk = 200

/** The ids of accounts by `nameKey`; those that nobody has yet are created. Throws where that is refused. */
export const accountsNamed = async (
  { reader, commit }: Pick<CrudDeps, 'reader' | 'commit'>,
  actor: Actor,
  names: readonly string[],
): Promise<Map<string, string>> => {
  const wanted = new Map(names.map((name) => [nameKey(name), name.trim()]))
  const ids = new Map<string, string>()
  const all = [...wanted.values()]
  for (let start = 0; start < all.length; start += chunk) {
    const { records } = await reader.list(actor.workspaceId, {
      entity: account,
      where: [{ field: 'name', operator: 'in', value: all.slice(start, start + chunk) }],
      sort: [{ field: 'createdAt', descending: true }],
      limit: 500,
    })
    for (const { row } of records) ids.set(nameKey(String(row.name)), row.id)
  }
  const edits = [...wanted].flatMap(([key, name]): EditInput[] => {
    if (ids.has(key)) return []
    const id = newId()
    ids.set(key, id)
    return [{ entity: account.name, id, s: withDefaults(account, { name }), mustBeNew: true }]
  })
  const outcomes = edits.length > 0 ? await commit(actor, edits) : []
  for (const outcome of outcomes) if (!outcome.ok) throw gateRefusal(outcome.refusal)
  return ids
}
