/** Who the signed-in user is to the policy, as this copy knows it. */
import { teammatesOf } from '../../../shared/features/teams/teammates'
import { dependsOnTeams, type Role, roles, type Viewer } from '../../../shared/kernel/access'
import type { Database } from '../database'

export const roleOf = (name: string): Role => roles.find((role) => role === name) ?? 'read_only'

/** The tables that `readViewer` reads, for the transaction around it. */
export const viewerTables = (database: Database, role: string) =>
  dependsOnTeams(roleOf(role))
    ? [...database.rows('team').tables, ...database.rows('teamMember').tables]
    : []

export const readViewer = async (
  database: Database,
  { userId, role: name }: { userId: string; role: string },
): Promise<Viewer> => {
  const role = roleOf(name)
  if (!dependsOnTeams(role)) return { userId, role, teammates: new Set([userId]) }
  const teams = await database.rows('team').toArray()
  const members = await database.rows('teamMember').toArray()
  return { userId, role, teammates: teammatesOf(userId, teams, members) }
}
