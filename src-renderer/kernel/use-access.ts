/** What the signed-in user may do, by the policy that the store and the server go by. */
import { useMemo } from 'react'
import { teammatesOf } from '../../shared/features/teams/teammates'
import {
  type Action,
  allows,
  dependsOnTeams,
  entityFor,
  fixedFields,
  may,
  type Role,
  roles,
} from '../../shared/kernel/access'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { useRecords } from './use-records'
import { useSession } from './use-store'

export type Access = {
  /** Whether there are records of the entity with which the user may do that. */
  may: (action: Action, entity: AnyEntity) => boolean
  /** Whether the user may do that with this very record. */
  allows: (action: Action, entity: AnyEntity, row: AnyRow) => boolean
  /** The entity without the fields that the user does not see. */
  known: (entity: AnyEntity) => AnyEntity
  /** Whether the user sees the field and may not set it. */
  isFixed: (entity: AnyEntity, field: string) => boolean
}

export const useRole = (): Role => {
  const { role } = useSession()
  return roles.find((name) => name === role) ?? 'read_only'
}

export const useAccess = (): Access => {
  const { userId } = useSession()
  const role = useRole()
  const enabled = dependsOnTeams(role)
  const { rows: teams } = useRecords({ entity: 'team' }, { enabled })
  const { rows: members } = useRecords({ entity: 'teamMember' }, { enabled })
  return useMemo(() => {
    const viewer = { userId, role, teammates: teammatesOf(userId, teams, members) }
    return {
      may: (action, entity) => may(role, action, entity),
      allows: (action, entity, row) => allows(viewer, action, entity, row),
      known: (entity) => entityFor(role, entity),
      isFixed: (entity, field) => fixedFields(role, entity).includes(field),
    }
  }, [userId, role, teams, members])
}
