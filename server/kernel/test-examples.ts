/** Whole records for tests of every entity, with records behind the references that they cannot do without. */
import { entityNamed } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import { camelToSnake } from '../../shared/kernel/wire'
import { exampleBody } from './openapi-examples'
import type { Caller } from './test-server'

/** References that an entity's rules ask for, although no single one of them is required. */
const needed: Record<string, string[]> = { relationship: ['contactId', 'relatedAccountId'] }

/** The documented example; what it points at is made in each of the workspaces. */
export const exampleOf = async (
  entity: AnyEntity,
  workspaces: readonly Caller[],
): Promise<Record<string, unknown>> => {
  const body = { ...exampleBody(entity) }
  for (const [name, field] of Object.entries(entity.fields)) {
    const target = entityNamed(field.target ?? '')
    const isNeeded = field.required || needed[entity.name]?.includes(name)
    if (!isNeeded || field.kind !== 'ref' || !target) continue
    const json = { ...(await exampleOf(target, workspaces)), id: newId() }
    for (const call of workspaces) await call('POST', `/api/v1/crm/${target.plural}`, { json })
    body[camelToSnake(name)] = json.id
  }
  return body
}
