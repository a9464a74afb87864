/** What the calendar shows: its address, and the activities in view. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { addDays } from '../../../../shared/kernel/day'
import { localDay, startOfLocalDay } from '../../../kernel/local-day'
import { useNow } from '../../../kernel/use-now'
import { useRecords } from '../../../kernel/use-records'
import { useSession } from '../../../kernel/use-store'
import type { ListCondition } from '../../../local/api'
import { toEvents } from './events'

export const views = ['day', 'week', 'month'] as const

const searchSchema = z.object({
  view: z.enum(views).catch('week'),
  date: z.iso.date().optional().catch(undefined),
  scope: z.enum(['mine', 'all']).catch('mine'),
})

export type CalendarSearch = z.infer<typeof searchSchema>

export const useCalendarSearch = () => {
  const navigate = useNavigate()
  const now = useNow()
  const found = searchSchema.parse(useSearch({ strict: false }))
  const search = { ...found, date: found.date ?? localDay(now) }
  const show = (change: Partial<CalendarSearch>) =>
    void navigate({ to: '/calendar', search: { ...search, ...change }, replace: true })
  return { search, show }
}

/** Days before and after the chosen one that may be in view. */
const reach = { day: 1, week: 8, month: 42 } as const

/** More would not be readable in a calendar either. */
const most = 2000

export const useCalendarEvents = (search: {
  view: keyof typeof reach
  date: string
  scope: string
}) => {
  const { userId } = useSession()
  const days = reach[search.view]
  const from = startOfLocalDay(addDays(search.date, -days))
  const to = startOfLocalDay(addDays(search.date, days + 1))
  const common: ListCondition[] = [
    { field: 'status', operator: 'in', value: ['scheduled', 'in_progress', 'completed'] },
    ...(search.scope === 'mine'
      ? [{ field: 'ownerId', operator: 'eq' as const, value: userId }]
      : []),
  ]
  const inView = useRecords({
    entity: 'activity',
    where: [
      ...common,
      { field: 'dueDate', operator: 'gte', value: from },
      { field: 'dueDate', operator: 'lt', value: to },
    ],
    limit: most,
  })
  const series = useRecords({
    entity: 'activity',
    where: [
      ...common,
      { field: 'recurrence', operator: 'isNotEmpty' },
      { field: 'dueDate', operator: 'lt', value: from },
    ],
    limit: most,
  })
  const rows = [...inView.rows, ...series.rows]
  return { rows, events: toEvents(rows, { from, to }), isCut: inView.total > most }
}
