/** What stands in the task inbox: open activities by when they are due, without those put off. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { awakeAt, snoozedAt } from '../../../../shared/features/activities/awake'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { addLocalDay } from '../../../kernel/local-day'
import { useNow } from '../../../kernel/use-now'
import { useAggregate, useRecords } from '../../../kernel/use-records'
import { useSession } from '../../../kernel/use-store'
import type { ListCondition } from '../../../local/api'

export const sectionNames = ['overdue', 'today', 'week', 'later', 'undated', 'snoozed'] as const

export type SectionName = (typeof sectionNames)[number]

export type Section = {
  name: SectionName
  rows: AnyRow[]
  total: number
  isLoading: boolean
  showMore: () => void
}

const searchSchema = z.object({
  scope: z.enum(['mine', 'all']).catch('mine'),
  kind: z.string().optional().catch(undefined),
})

export type InboxSearch = z.infer<typeof searchSchema>

/** Whose and which activities are shown, from the address. */
export const useInboxSearch = () => {
  const navigate = useNavigate()
  const search = searchSchema.parse(useSearch({ strict: false }))
  const show = (change: Partial<InboxSearch>) =>
    void navigate({ to: '/tasks', search: { ...search, ...change }, replace: true })
  return { search, show }
}

const isOpen: ListCondition = {
  field: 'status',
  operator: 'in',
  value: ['scheduled', 'in_progress'],
}

/** Open activities of a scope and kind. */
export const openActivities = (search: InboxSearch, userId: string): ListCondition[] => [
  isOpen,
  ...(search.scope === 'mine'
    ? [{ field: 'ownerId', operator: 'eq' as const, value: userId }]
    : []),
  ...(search.kind ? [{ field: 'activityType', operator: 'eq' as const, value: search.kind }] : []),
]

const dueIn = (name: SectionName, now: number): ListCondition[] => {
  const from = (days: number): ListCondition => ({
    field: 'dueDate',
    operator: 'gte',
    value: addLocalDay(now, days),
  })
  const before = (days: number): ListCondition => ({
    field: 'dueDate',
    operator: 'lt',
    value: addLocalDay(now, days),
  })
  const spans = {
    overdue: [before(0)],
    today: [from(0), before(1)],
    week: [from(1), before(8)],
    later: [from(8)],
    undated: [{ field: 'dueDate', operator: 'isEmpty' as const }],
    snoozed: [],
  }
  return spans[name]
}

const step = 25

/** One section; its rows come in steps, as many as somebody asks for. */
const useSection = (name: SectionName, search: InboxSearch, now: number): Section => {
  const { userId } = useSession()
  const [limit, setLimit] = useState(step)
  const isSnoozed = name === 'snoozed'
  const { rows, total, isLoading } = useRecords({
    entity: 'activity',
    where: [
      ...openActivities(search, userId),
      ...dueIn(name, now),
      isSnoozed ? snoozedAt(now) : awakeAt(now),
    ],
    sort: [{ field: isSnoozed ? 'snoozedUntil' : 'dueDate', descending: false }],
    limit,
  })
  return {
    name,
    rows,
    total,
    isLoading,
    showMore: () => setLimit(limit + 4 * step),
  }
}

/** All sections in order. */
export const useInbox = (search: InboxSearch): Section[] => {
  const now = useNow()
  const overdue = useSection('overdue', search, now)
  const today = useSection('today', search, now)
  const week = useSection('week', search, now)
  const later = useSection('later', search, now)
  const undated = useSection('undated', search, now)
  const snoozed = useSection('snoozed', search, now)
  return [overdue, today, week, later, undated, snoozed]
}

/** How many of one's own are overdue or due today. */
export const useDueCount = (): number => {
  const now = useNow()
  const { userId } = useSession()
  const where: ListCondition[] = [
    ...openActivities({ scope: 'mine' }, userId),
    { field: 'dueDate', operator: 'lt', value: addLocalDay(now, 1) },
    awakeAt(now),
  ]
  const due = useAggregate({ entity: 'activity', where, groupBy: [] })
  return due.groups[0]?.count ?? 0
}
