/**
 * Keeps the scores of leads: whatever a rule looks at may change on any device, so one place that
 * sees all of it computes them. Reads the journal in the background, and once a day looks at leads
 * whose points fade with time.
 */
import { entities } from '../../../shared/features/index'
import { type Score, scoreLead } from '../../../shared/features/scoring/score'
import { fades, type ScoringRule } from '../../../shared/features/scoring/scoring-rule'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { systemActor } from '../../auth/logins'
import type { Db } from '../../db/open'
import { workspace } from '../../db/schema'
import type { Commit, FilterCondition, RecordReader } from '../../kernel/ports'
import type { JournalEntry } from '../../kernel/store/journal-cursor'
import { createJournalWorker, type JournalWorker } from '../../kernel/store/journal-worker'
import { turn } from '../../kernel/turn'

type WorkOn = Parameters<typeof createJournalWorker>[0]['work']

type Deps = {
  db: Db
  reader: RecordReader
  commit: Commit
  /** Unix milliseconds. */
  now: () => number
  onError: (error: unknown) => void
}

const leadsAtOnce = 100
const sweepMs = 24 * 3600_000

/** Whose score may still change: what is converted or lost keeps the one it had. */
const openStatuses = ['new', 'contacted', 'qualified', 'unqualified']

const isOpen = (row: AnyRow): boolean =>
  row.deletedAt === null && openStatuses.includes(String(row.status ?? 'new'))

/** Reads all of a query, page by page. */
async function* pages(
  reader: RecordReader,
  workspaceId: string,
  query: { entity: AnyEntity; where: readonly FilterCondition[]; limit: number },
): AsyncGenerator<AnyRow[]> {
  let cursor: string | null = null
  do {
    const position: { cursor?: string } = cursor === null ? {} : { cursor }
    const page = await reader.list(workspaceId, { ...query, ...position, sort: [] })
    yield page.records.map(({ row }) => row)
    cursor = page.nextCursor
  } while (cursor !== null)
}

const rulesOf = async (reader: RecordReader, workspaceId: string): Promise<ScoringRule[]> => {
  const where = [{ field: 'active', operator: 'eq', value: true }] as const
  const query = { entity: entities.scoringRule, where, sort: [], limit: 500 }
  const { records } = await reader.list(workspaceId, query)
  // Rows of an entity have its shape: the gate has checked every value.
  return records.map(({ row }) => row as ScoringRule)
}

const activitiesOf = async (
  reader: RecordReader,
  workspaceId: string,
  leads: readonly AnyRow[],
): Promise<Map<string, AnyRow[]>> => {
  const byLead = new Map<string, AnyRow[]>()
  const where = [{ field: 'leadId', operator: 'in', value: leads.map(({ id }) => id) }] as const
  const query = { entity: entities.activity, where, limit: 500 }
  for await (const rows of pages(reader, workspaceId, query))
    for (const row of rows) {
      const id = String(row.leadId)
      byLead.set(id, [...(byLead.get(id) ?? []), row])
    }
  return byLead
}

/** Which leads an entry of the journal may give another score. */
const concerned = ({ entity, recordId, via, changes }: JournalEntry): string[] => {
  if (entity === 'lead') {
    const isOwnWord = via === 'system' && 'score' in changes
    return isOwnWord ? [] : [recordId]
  }
  return [...(changes.leadId ?? [])].filter((id) => typeof id === 'string')
}

/** What a lead scores in a workspace that has no rules. */
const noScore = { score: null, reasons: [] }

/** Every lead that entries of the journal may give another score. */
const leadsOf = async (
  reader: RecordReader,
  workspaceId: string,
  entries: readonly JournalEntry[],
): Promise<string[]> => {
  const activities = entries.filter(({ entity }) => entity === 'activity')
  const stored = await reader.getMany(
    workspaceId,
    'activity',
    activities.map(({ recordId }) => recordId),
  )
  const now = stored.flatMap(({ row }) => (row.leadId ? [String(row.leadId)] : []))
  return [...new Set([...entries.flatMap(concerned), ...now])]
}

const edit = (id: string, { score, reasons }: Score | typeof noScore) => ({
  entity: 'lead',
  id,
  mustExist: true,
  s: { score, scoreExplanation: reasons },
})

/** Keeps the scores of all workspaces. */
export const createLeadScoring = (deps: Deps): JournalWorker => {
  const { db, reader, now } = deps
  const state = { sweptAt: now() }

  const score = async (workspaceId: string, leads: readonly AnyRow[], rules: ScoringRule[]) => {
    const open = leads.filter(isOpen)
    if (open.length === 0) return
    const activities = await activitiesOf(reader, workspaceId, open)
    const edits = open.flatMap((row) => {
      const seen = { activities: activities.get(row.id) ?? [], now: now() }
      const found = rules.length > 0 ? scoreLead(row, rules, seen) : noScore
      return found.score === (row.score ?? null) ? [] : [edit(row.id, found)]
    })
    if (edits.length > 0) await deps.commit(systemActor(workspaceId, ''), edits)
  }

  const scoreAll = async (workspaceId: string, rules: ScoringRule[], signal: AbortSignal) => {
    let after = ''
    while (!signal.aborted) {
      const leads = await reader.walk(workspaceId, 'lead', { after, limit: leadsAtOnce })
      const last = leads.at(-1)
      if (!last) return
      const rows = leads.map(({ row }) => row)
      await score(workspaceId, rows, rules)
      after = last.id
      await turn()
    }
  }

  const work: WorkOn = async (workspaceId, entries, signal) => {
    const rules = await rulesOf(reader, workspaceId)
    if (entries.some(({ entity }) => entity === 'scoringRule'))
      return scoreAll(workspaceId, rules, signal)
    if (rules.length === 0) return
    const ids = await leadsOf(reader, workspaceId, entries)
    for (let at = 0; at < ids.length && !signal.aborted; at += leadsAtOnce) {
      const stored = await reader.getMany(workspaceId, 'lead', ids.slice(at, at + leadsAtOnce))
      const rows = stored.map(({ row }) => row)
      await score(workspaceId, rows, rules)
    }
  }

  const sweep = async (signal: AbortSignal, isFirst: boolean) => {
    if (!isFirst && now() - state.sweptAt < sweepMs) return
    state.sweptAt = now()
    for (const { id } of db.select({ id: workspace.id }).from(workspace).all()) {
      const rules = await rulesOf(reader, id)
      if (rules.some(fades) || (isFirst && rules.length > 0)) await scoreAll(id, rules, signal)
    }
  }

  return createJournalWorker({
    db,
    name: 'lead-scoring',
    entities: ['lead', 'activity', 'scoringRule'],
    work,
    before: sweep,
    onError: deps.onError,
  })
}
