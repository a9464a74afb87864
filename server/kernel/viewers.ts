/** Who somebody is to the policy: their role, and the colleagues who share a team with them. */
import { and, eq } from 'drizzle-orm'
import { entities } from '../../shared/features/index'
import { teammatesOf } from '../../shared/features/teams/teammates'
import { dependsOnTeams, type Role, type Viewer } from '../../shared/kernel/access'
import type { Db } from '../db/open'
import { record } from '../db/schema'
import { decodeRow } from './store/row-codec'

export type Somebody = { workspaceId: string; userId: string; role: Role }

const liveRows = (
  db: Db,
  workspaceId: string,
  entity: typeof entities.team | typeof entities.teamMember,
) =>
  db
    .select({ id: record.id, row: record.row })
    .from(record)
    .where(
      and(
        eq(record.workspaceId, workspaceId),
        eq(record.entity, entity.name),
        eq(record.deleted, false),
      ),
    )
    .all()
    .map(({ id, row }) => decodeRow(entity, id, row))

/** Reads viewers as things stand now; inside a transaction, as they stand there. */
export const createViewers = (db: Db) => {
  const mates = ({ workspaceId, userId }: Somebody): Set<string> =>
    teammatesOf(
      userId,
      liveRows(db, workspaceId, entities.team),
      liveRows(db, workspaceId, entities.teamMember),
    )
  return (somebody: Somebody): Viewer => ({
    userId: somebody.userId,
    role: somebody.role,
    teammates: dependsOnTeams(somebody.role) ? mates(somebody) : new Set([somebody.userId]),
  })
}

export type Viewers = ReturnType<typeof createViewers>
