import type { AnyRow } from '../../kernel/entity'
import { nextOccurrence } from '../../kernel/recurrence'
import type { FieldProblem } from '../../kernel/refusal'
import type { EntityRule, RecordChange, RuleContext, Values } from '../../kernel/rules'

const carried = [
  'subject',
  'activityType',
  'priority',
  'duration',
  'allDay',
  'location',
  'participants',
  'reminderMinutes',
  'contactId',
  'accountId',
  'leadId',
  'opportunityId',
  'ownerId',
  'tags',
] as const

const isDone = (status: unknown): boolean => status === 'completed'

/** Done means a time of completion, and the other way round. */
const completion = (before: AnyRow | null, set: Values, now: string): Values => {
  if ('status' in set && set.status !== before?.status) {
    if (isDone(set.status)) return set.completedAt ? {} : { completedAt: now }
    return before?.completedAt || set.completedAt ? { completedAt: null } : {}
  }
  if ('completedAt' in set && !('status' in set))
    return { status: set.completedAt ? 'completed' : 'scheduled' }
  return {}
}

const following = (
  next: AnyRow,
  due: { due: string; rule: string },
  { newId }: RuleContext,
): RecordChange => ({
  entity: 'activity',
  id: newId(),
  create: true,
  set: {
    ...Object.fromEntries(carried.map((name) => [name, next[name]])),
    status: 'scheduled',
    dueDate: due.due,
    recurrence: due.rule,
  },
})

const problemsOf = (next: AnyRow, set: Values): FieldProblem[] => {
  if (typeof set.recurrence === 'string' && !next.dueDate)
    return [{ path: 'dueDate', message: 'What repeats needs a first date.' }]
  return []
}

/** Keeps status and completion in step; the next one of a series appears when one is completed. */
export const activityRule: EntityRule = async ({ before, next, set }, context) => {
  const problems = problemsOf(next, set)
  const own = completion(before, set, context.now)
  const becomesDone = isDone({ ...next, ...own }.status) && !isDone(before?.status)
  const { recurrence, dueDate } = next
  if (!becomesDone || typeof recurrence !== 'string' || typeof dueDate !== 'string')
    return { set: own, problems }
  const due = nextOccurrence(recurrence, dueDate)
  // The rule moves on to the next one, so that completing twice does not make two.
  return {
    set: { ...own, recurrence: null },
    also: due ? [following(next, due, context)] : [],
    problems,
  }
}
