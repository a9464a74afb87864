/** Who is in a team with somebody. */

type TeamRow = { id: string; deletedAt: string | null }
type MemberRow = { deletedAt: string | null; teamId?: unknown; userId?: unknown }

/** The users who share a team with one, who is among them even without a team. */
export const teammatesOf = (
  userId: string,
  teams: readonly TeamRow[],
  members: readonly MemberRow[],
): Set<string> => {
  const live = new Set(teams.flatMap(({ id, deletedAt }) => (deletedAt === null ? [id] : [])))
  const current = members.filter(
    ({ deletedAt, teamId }) => deletedAt === null && live.has(String(teamId)),
  )
  const own = new Set(current.flatMap((one) => (one.userId === userId ? [one.teamId] : [])))
  const mates = current.flatMap((one) =>
    own.has(one.teamId) && typeof one.userId === 'string' ? [one.userId] : [],
  )
  return new Set([userId, ...mates])
}
