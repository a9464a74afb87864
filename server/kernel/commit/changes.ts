/** From two rows to what the journal says: changed fields and the events that they mean. */

import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { camelToSnake } from '../../../shared/kernel/wire'
import { isEmptyValue } from '../store/row-codec'

export type Changes = Record<string, [before: unknown, after: unknown]>

const same = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Fields whose values differ, with both values; `updatedAt` changes always and says nothing. */
export const changesBetween = (before: AnyRow | null, after: AnyRow): Changes => {
  const changes: Changes = {}
  for (const name of Object.keys(after)) {
    if (name === 'updatedAt' || name === 'id') continue
    const value = after[name]
    const old = before?.[name] ?? null
    if (before ? !same(old, value ?? null) : !isEmptyValue(value)) changes[name] = [old, value]
  }
  return changes
}

/** Names of the events of one edit: `contact.created`, `contact.tagged`, ... */
export const eventsOf = (entity: AnyEntity, created: boolean, changes: Changes): string[] => {
  const name = camelToSnake(entity.name)
  if (created) return [`${name}.created`, ...tagged(entity, name, changes)]
  if ('deletedAt' in changes)
    return [changes.deletedAt?.[1] === null ? `${name}.restored` : `${name}.deleted`]
  return Object.keys(changes).length === 0
    ? []
    : [`${name}.updated`, ...tagged(entity, name, changes)]
}

const tagged = (entity: AnyEntity, name: string, changes: Changes): string[] => {
  const added = Object.keys(changes).some((field) => {
    if (entity.fields[field]?.kind !== 'tags') return false
    const [before, after] = changes[field] ?? []
    return (
      Array.isArray(after) && after.some((tag) => !(Array.isArray(before) && before.includes(tag)))
    )
  })
  return added ? [`${name}.tagged`, 'tag.added'] : []
}
