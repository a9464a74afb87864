/** What the dashboard shows, as it stands in the address: whose records, and which period. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { useSession } from '../../kernel/use-store'
import type { ListCondition } from '../../local/api'
import { periods, type Span, spanOf } from './period'

const searchSchema = z.object({
  scope: z.enum(['mine', 'all']).catch('mine'),
  period: z.enum(periods).catch('month'),
})

export type DashboardSearch = z.infer<typeof searchSchema>

export type Dashboard = DashboardSearch & {
  span: Span
  /** Conditions of the scope, for records that have an owner. */
  owned: ListCondition[]
  show: (change: Partial<DashboardSearch>) => void
}

export const useDashboard = (): Dashboard => {
  const navigate = useNavigate()
  const { userId } = useSession()
  const search = searchSchema.parse(useSearch({ strict: false }))
  return {
    ...search,
    span: spanOf(search.period, Date.now()),
    owned: search.scope === 'mine' ? [{ field: 'ownerId', operator: 'eq', value: userId }] : [],
    show: (change) => void navigate({ to: '/', search: { ...search, ...change }, replace: true }),
  }
}
