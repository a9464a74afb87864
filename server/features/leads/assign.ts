/** Finds an owner for leads that arrive without one, by the workspace's assignment rules. */
import { and, eq, sql } from 'drizzle-orm'
import { assignLead, type Load } from '../../../shared/features/assignment/assign'
import type { AssignmentRule } from '../../../shared/features/assignment/assignment-rule'
import { entities } from '../../../shared/features/index'
import { lead } from '../../../shared/features/leads/lead'
import { newRow } from '../../../shared/kernel/rules'
import type { Db } from '../../db/open'
import { login, record } from '../../db/schema'
import type { Actor, EditInput, RecordReader } from '../../kernel/ports'

const closedStatuses = ['converted', 'lost', 'unqualified']

/** Answers the owner of a new record: for leads by the rules, otherwise whoever creates it. */
export const createLeadAssignment = ({ db, reader }: { db: Db; reader: RecordReader }) => {
  const rulesOf = async (workspaceId: string): Promise<AssignmentRule[]> => {
    const entity = entities.assignmentRule
    const where = [{ field: 'active', operator: 'eq', value: true }] as const
    const page = await reader.list(workspaceId, { entity, where, sort: [], limit: 500 })
    // Rows of an entity have its shape: the gate has checked every value.
    return page.records.map(({ row }) => row as AssignmentRule)
  }

  const activeUsers = (workspaceId: string): Set<string> => {
    const isActive = and(eq(login.workspaceId, workspaceId), eq(login.active, true))
    return new Set(
      db
        .select({ id: login.userId })
        .from(login)
        .where(isActive)
        .all()
        .map(({ id }) => id),
    )
  }

  const loadsOf = (workspaceId: string): Map<string, Load> => {
    const owner = sql<string>`json_extract(${record.row}, '$.ownerId')`
    const status = sql`json_extract(${record.row}, '$.status')`
    const rows = db
      .select({
        owner,
        open: sql<number>`sum(${status} not in ${closedStatuses})`,
        latest: sql<string>`max(json_extract(${record.row}, '$.createdAt'))`,
      })
      .from(record)
      .where(
        and(
          eq(record.workspaceId, workspaceId),
          eq(record.entity, 'lead'),
          eq(record.deleted, false),
        ),
      )
      .groupBy(owner)
      .all()
    return new Map(rows.map(({ owner, open, latest }) => [owner, { open, latest: latest ?? '' }]))
  }

  const deciderFor = async (actor: Actor): Promise<(edit: EditInput) => string> => {
    const rules = await rulesOf(actor.workspaceId)
    if (rules.length === 0) return () => actor.userId
    const active = activeUsers(actor.workspaceId)
    const loads = loadsOf(actor.workspaceId)
    let given = 0
    return (edit) => {
      const chosen = assignLead(newRow(lead, edit.id, edit.s), rules, { active, loads })
      if (chosen === null) return actor.userId
      given += 1
      // Later than every time in the database: leads of one commit go round as well.
      const latest = `9${String(given).padStart(9, '0')}`
      loads.set(chosen, { open: (loads.get(chosen)?.open ?? 0) + 1, latest })
      return chosen
    }
  }

  /** Who owns the new records of one commit that name no owner. */
  return (actor: Actor): ((edit: EditInput) => Promise<string | null>) => {
    let decider: ReturnType<typeof deciderFor> | undefined
    return async (edit) => {
      if (edit.entity !== 'lead') return actor.userId
      decider ??= deciderFor(actor)
      return (await decider)(edit)
    }
  }
}
