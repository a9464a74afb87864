/** What can be said of a change before the record is read: may this role do it, are the values valid. */
import { maxTextUpdateBytes } from '../../../shared/crdt/text-update'
import { entityNamed } from '../../../shared/features'
import { type Action, allows, fixedChanges, may, type Viewer } from '../../../shared/kernel/access'
import { fixedRefusal, reachRefusal, roleRefusal } from '../../../shared/kernel/access-refusals'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import { mergeOf } from '../../../shared/kernel/field'
import { type FieldProblem, Refusal } from '../../../shared/kernel/refusal'
import { checkValues, isNullable } from '../../../shared/kernel/schema'
import type { Step } from '../stored'
import { roleOf } from './viewer'

/** The entity of that name; refuses names that are not in the register. */
export const knownEntity = (name: string): AnyEntity => {
  const entity = entityNamed(name)
  if (!entity) throw new Refusal('record.missing', { detail: `There is no entity ${name}.` })
  return entity
}

/** Whether a role may change what is there. */
export const mayEdit = (entity: AnyEntity, role: string): boolean =>
  entity.kind !== 'server' && may(roleOf(role), 'update', entity)

const actionOf = (step: Step): Action => {
  if (step.create) return 'create'
  return step.set !== undefined && 'deletedAt' in step.set ? 'delete' : 'update'
}

/** Throws a `Refusal` where the role does not allow the step. */
export const checkAccess = (entity: AnyEntity, step: Step, role: string): void => {
  if (entity.kind === 'server') throw new Refusal('record.readonly')
  const action = actionOf(step)
  if (!may(roleOf(role), action, entity)) throw roleRefusal(entity, action)
}

/** Throws a `Refusal` where the policy does not allow the step on this very record. */
export const checkReach = (
  entity: AnyEntity,
  step: Step,
  { viewer, held }: { viewer: Viewer; held: AnyRow | undefined },
): void => {
  const action = actionOf(step)
  // What a new record has not been given yet falls to its maker.
  const row = held ?? { ...step.set, createdBy: viewer.userId }
  if (!allows(viewer, action, entity, row)) throw reachRefusal(entity, action)
  const others = Object.keys({ ...step.sets, ...step.text })
  const fixed = fixedChanges(viewer, entity, { set: step.set ?? {}, others, held })
  if (fixed.length > 0) throw fixedRefusal(entity, fixed)
}

const problemsOfField = (entity: AnyEntity, name: string): FieldProblem[] => {
  const field = fieldOf(entity, name)
  const isOwn = Object.hasOwn(entity.fields, name) || name === 'deletedAt'
  if (field?.serverOnly || (field && !isOwn))
    return [{ path: name, message: `${field.label} cannot be set` }]
  return []
}

const problemsOfText = (entity: AnyEntity, step: Step): FieldProblem[] =>
  Object.entries(step.text ?? {}).flatMap(([name, update]) => {
    if (entity.fields[name]?.kind !== 'richText')
      return [{ path: name, message: `${entity.label} has no such text` }]
    return update.byteLength > maxTextUpdateBytes
      ? [{ path: name, message: 'is too long to be saved at once' }]
      : []
  })

const problemsOfSets = (entity: AnyEntity, step: Step): FieldProblem[] =>
  Object.entries(step.sets ?? {}).flatMap(([name, change]) => {
    const field = entity.fields[name]
    if (!field || mergeOf[field.kind] !== 'set')
      return [{ path: name, message: `${entity.label} has no such set` }]
    return checkValues(entity, { [name]: [...(change.add ?? []), ...(change.remove ?? [])] })
  })

/** Throws `record.invalid` with all problems of the step's values. */
export const checkStep = (entity: AnyEntity, step: Step): void => {
  const errors = [
    ...Object.keys(step.set ?? {}).flatMap((name) => problemsOfField(entity, name)),
    ...checkValues(entity, step.set ?? {}),
    ...problemsOfSets(entity, step),
    ...problemsOfText(entity, step),
  ]
  if (errors.length > 0) throw new Refusal('record.invalid', { errors })
}

/** Empty text is no value: fields that know `null` hold that instead. */
export const withoutBlanks = (entity: AnyEntity, step: Step): Step =>
  step.set === undefined
    ? step
    : {
        ...step,
        set: Object.fromEntries(
          Object.entries(step.set).map(([name, value]) => {
            const field = fieldOf(entity, name)
            return [name, value === '' && field && isNullable(field.kind) ? null : value]
          }),
        ),
      }
