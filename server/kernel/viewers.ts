/** Who somebody is to the policy: their role, and the colleagues who share a team with them. */
import { entities } from '../../shared/features/index'
import { teammatesOf } from '../../shared/features/teams/teammates'
import { dependsOnTeams, type Role, type Viewer } from '../../shared/kernel/access'
import type { Db } from '../db/open'
import { decodeRow } from './store/row-codec'

export type Somebody = { workspaceId: string; userId: string; role: Role }

const { team, teamMember } = entities

/** Reads the rows of an entity that are not deleted and whose column, as its index has it, is a value. */
const liveRows = (db: Db, entity: typeof team | typeof teamMember, column: string) => {
  const statement = db.$client.prepare<[string, string], { id: string; row: string }>(
    `select id, row from record
     where workspace_id = ? and entity = '${entity.name}' and deleted = 0 and ${column} = ?`,
  )
  return (workspaceId: string, value: string) =>
    statement.all(workspaceId, value).map(({ id, row }) => decodeRow(entity, id, row))
}

/**
 * Reads viewers as things stand now; inside a transaction, as they stand there. Asked at every request
 * and every edit, so it looks at the teams of one user and no further.
 */
export const createViewers = (db: Db) => {
  const teamById = liveRows(db, team, 'id')
  const membersBy = {
    user: liveRows(db, teamMember, `json_extract(row, '$.userId') collate nocase`),
    team: liveRows(db, teamMember, `json_extract(row, '$.teamId') collate nocase`),
  }
  const mates = ({ workspaceId, userId }: Somebody): Set<string> => {
    const teamIds = new Set(membersBy.user(workspaceId, userId).map((one) => String(one.teamId)))
    const every = (read: ReturnType<typeof liveRows>) =>
      [...teamIds].flatMap((id) => read(workspaceId, id))
    return teammatesOf(userId, every(teamById), every(membersBy.team))
  }
  return (somebody: Somebody): Viewer => ({
    userId: somebody.userId,
    role: somebody.role,
    teammates: dependsOnTeams(somebody.role) ? mates(somebody) : new Set([somebody.userId]),
  })
}

export type Viewers = ReturnType<typeof createViewers>
