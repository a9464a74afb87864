/** Which lists of other records belong on a record's page, derived from who points here. */
import { entities } from '../../../shared/features/index'
import { type AnyEntity, shownFields } from '../../../shared/kernel/entity'

export type Relation = { entity: AnyEntity; field: string; label: string }

/** Every field of every entity that refers to records of this one. Users are pointed at by everything and have no page. */
export const relationsOf = (target: AnyEntity): Relation[] =>
  Object.values<AnyEntity>(entities).flatMap((entity) =>
    shownFields(entity)
      .filter(
        ([, { kind, target: other, inverse }]) =>
          kind === 'ref' && other === target.name && inverse !== null,
      )
      .map(([field, { inverse }]) => ({ entity, field, label: inverse ?? entity.labelPlural })),
  )

/** The field by which activities point at records of this entity, if they do. */
export const timelineField = (target: AnyEntity): string | undefined =>
  relationsOf(target).find(({ entity }) => entity.name === 'activity')?.field
