/** What one user sees of the records that go over the wire. */
import { createHash } from 'node:crypto'
import { redacted } from '../../shared/crdt/redact'
import { entityNamed } from '../../shared/features/index'
import {
  hiddenFields,
  isInSight,
  type Sight,
  seesAll,
  sightOf,
  type Viewer,
} from '../../shared/kernel/access'
import type { AnyRow } from '../../shared/kernel/entity'
import { roleRights } from '../../shared/kernel/role-rights'

/** How an entity looks to one user. */
type EntityView = { seesAll: boolean; sight: Sight | undefined; hidden: readonly string[] }

const nothing: EntityView = { seesAll: false, sight: undefined, hidden: [] }

export type View = {
  /** The same for the same rights, another one for others. */
  access: string
  userId: string
  /** Whether every record of the entity is shown as it is; its rows need not be looked at. */
  seesAll: (entity: string) => boolean
  sees: (entity: string, row: AnyRow) => boolean
  /** The state without what is hidden. */
  shown: (entity: string, state: Uint8Array) => Uint8Array
}

const accessOf = ({ userId, role, teammates }: Viewer): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, role, roleRights[role], [...teammates].sort()]))
    .digest('base64url')
    .slice(0, 22)

/** The view of a user as they stand now. */
export const createView = (viewer: Viewer): View => {
  const known = new Map<string, EntityView>()
  const viewOf = (name: string): EntityView => {
    const made = known.get(name)
    if (made) return made
    const entity = entityNamed(name)
    const view = entity
      ? {
          seesAll: seesAll(viewer.role, entity),
          sight: sightOf(viewer, 'read', entity),
          hidden: hiddenFields(viewer.role, entity),
        }
      : nothing
    known.set(name, view)
    return view
  }
  return {
    access: accessOf(viewer),
    userId: viewer.userId,
    seesAll: (entity) => viewOf(entity).seesAll,
    sees: (entity, row) => {
      const { sight } = viewOf(entity)
      return sight !== undefined && isInSight(sight, row)
    },
    shown: (entity, state) => {
      const { hidden } = viewOf(entity)
      return hidden.length === 0 ? state : redacted(state, hidden)
    },
  }
}
