/** How the policy says no; the same sentences on every side. */
import type { Action } from './access'
import type { AnyEntity } from './entity'
import { Refusal } from './refusal'

const plural = (entity: AnyEntity): string => entity.labelPlural.toLowerCase()

/** The role may not do that with any record of the entity. */
export const roleRefusal = (entity: AnyEntity, action: Action): Refusal =>
  new Refusal('auth.forbidden', { detail: `Your role may not ${action} ${plural(entity)}.` })

/** The role may do that with other records of the entity. */
export const reachRefusal = (entity: AnyEntity, action: Action): Refusal =>
  new Refusal('auth.forbidden', {
    detail: `Your role may ${action} only ${plural(entity)} of your own or of your team.`,
  })

/** The role may change the record, but not those fields of it. */
export const fixedRefusal = (entity: AnyEntity, fields: readonly string[]): Refusal =>
  new Refusal('auth.forbidden', {
    detail: `Your role may not set ${fields.map((name) => entity.fields[name]?.label ?? name).join(', ')}.`,
    errors: fields.map((path) => ({ path, message: 'may not be set by your role' })),
  })
