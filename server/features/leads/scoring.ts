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
import { createJournalCursor, type JournalEntry } from '../../kernel/store/journal-cursor'

type Deps = {
  db: Db
  reader: RecordReader
  commit: Commit
  /** Unix milliseconds. */
  now: () => number
  onError: (error: unknown) => void
}

const entriesAtOnce = 500
const leadsAtOnce = 100
const quietMs = 300
const sweepMs = 24 * 3600_000

const watched = new Set(['lead', 'activity', 'scoringRule'])

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

const edit = (id: string, { score, reasons }: Score | typeof noScore) => ({
  entity: 'lead',
  id,
  mustExist: true,
  s: { score, scoreExplanation: reasons },
})

/** `wake` soon, `settle` now; `stop` waits for what is under way. */
export const createLeadScoring = (deps: Deps) => {
  const { db, reader } = deps
  const cursor = createJournalCursor(db, { name: 'lead-scoring', start: 'last' })
  const state = {
    timer: undefined as NodeJS.Timeout | undefined,
    running: Promise.resolve(),
    isStopped: false,
    sweptAt: cursor.isNew ? 0 : deps.now(),
  }

  const score = async (workspaceId: string, leads: readonly AnyRow[], rules: ScoringRule[]) => {
    const open = leads.filter(isOpen)
    if (open.length === 0) return
    const activities = await activitiesOf(reader, workspaceId, open)
    const edits = open.flatMap((row) => {
      const seen = { activities: activities.get(row.id) ?? [], now: deps.now() }
      const found = rules.length > 0 ? scoreLead(row, rules, seen) : noScore
      return found.score === (row.score ?? null) ? [] : [edit(row.id, found)]
    })
    if (edits.length > 0) await deps.commit(systemActor(workspaceId, ''), edits)
  }

  const scoreAll = async (workspaceId: string, rules: ScoringRule[]) => {
    const where = [{ field: 'status', operator: 'in', value: openStatuses }] as const
    const query = { entity: entities.lead, where, limit: leadsAtOnce }
    for await (const leads of pages(reader, workspaceId, query)) {
      if (state.isStopped) return
      await score(workspaceId, leads, rules)
    }
  }

  const scoreSome = async (workspaceId: string, ids: readonly string[], rules: ScoringRule[]) => {
    for (let at = 0; at < ids.length && !state.isStopped; at += leadsAtOnce) {
      const chunk = ids.slice(at, at + leadsAtOnce)
      const stored = await reader.getMany(workspaceId, 'lead', chunk)
      await score(
        workspaceId,
        stored.map(({ row }) => row),
        rules,
      )
    }
  }

  const catchUp = async (workspaceId: string, entries: readonly JournalEntry[]) => {
    const rules = await rulesOf(reader, workspaceId)
    if (entries.some(({ entity }) => entity === 'scoringRule')) {
      await scoreAll(workspaceId, rules)
      return
    }
    if (rules.length === 0) return
    const activities = entries.filter(({ entity }) => entity === 'activity')
    const stored = await reader.getMany(
      workspaceId,
      'activity',
      activities.map(({ recordId }) => recordId),
    )
    const now = stored.flatMap(({ row }) => (row.leadId ? [String(row.leadId)] : []))
    await scoreSome(workspaceId, [...new Set([...entries.flatMap(concerned), ...now])], rules)
  }

  const sweep = async () => {
    if (deps.now() - state.sweptAt < sweepMs) return
    for (const { id } of db.select({ id: workspace.id }).from(workspace).all()) {
      const rules = await rulesOf(reader, id)
      if (rules.some(fades) || (cursor.isNew && rules.length > 0)) await scoreAll(id, rules)
    }
    state.sweptAt = deps.now()
  }

  const step = async (): Promise<boolean> => {
    const entries = cursor.read(entriesAtOnce)
    const last = entries.at(-1)
    if (!last) return false
    const relevant = entries.filter(({ entity }) => watched.has(entity))
    for (const workspaceId of new Set(relevant.map((entry) => entry.workspaceId)))
      await catchUp(
        workspaceId,
        relevant.filter((entry) => entry.workspaceId === workspaceId),
      )
    // Stopped halfway, it reads the same entries again: a score computed twice is the same score.
    if (!state.isStopped) cursor.advance(last.id)
    return !state.isStopped
  }

  const settle = (): Promise<void> => {
    state.running = state.running.then(async () => {
      try {
        await sweep()
        while (await step());
      } catch (error) {
        deps.onError(error)
      }
    })
    return state.running
  }

  // Pushed back while writes go on: people wait for those, a score comes by itself.
  const wake = (): void => {
    clearTimeout(state.timer)
    if (state.isStopped) return
    state.timer = setTimeout(() => void settle(), quietMs)
    state.timer.unref()
  }
  const hourly = setInterval(wake, 3600_000)
  hourly.unref()
  if (cursor.isNew) cursor.advance()
  wake()

  return {
    settle,
    wake,
    stop: async () => {
      state.isStopped = true
      clearTimeout(state.timer)
      clearInterval(hourly)
      await state.running
    },
  }
}
