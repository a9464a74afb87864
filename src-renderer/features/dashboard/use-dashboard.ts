/** What the dashboard shows, as it stands in the address: whose records, and which period. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import type { Scope } from '../../kernel/ScopeSwitch'
import { useNow } from '../../kernel/use-now'
import { useSession } from '../../kernel/use-store'
import type { ListCondition } from '../../local/api'
import { periods, type Span, spanOf } from './period'

const searchSchema = z.object({
  scope: z.enum(['mine', 'all']).optional().catch(undefined),
  period: z.enum(periods).catch('month'),
})

/** Roles that look after what others own: they see everyone's at first. */
const leading: ReadonlySet<string> = new Set(['owner', 'admin', 'manager', 'read_only'])

export type DashboardSearch = z.infer<typeof searchSchema>

export type Dashboard = Omit<DashboardSearch, 'scope'> & {
  scope: Scope
  span: Span
  /** Conditions of the scope, for records that have an owner. */
  owned: ListCondition[]
  show: (change: Partial<DashboardSearch>) => void
}

export const useDashboard = (): Dashboard => {
  const navigate = useNavigate()
  const now = useNow()
  const { userId, role } = useSession()
  const search = searchSchema.parse(useSearch({ strict: false }))
  const scope = search.scope ?? (leading.has(role) ? 'all' : 'mine')
  return {
    ...search,
    scope,
    span: spanOf(search.period, now),
    owned: scope === 'mine' ? [{ field: 'ownerId', operator: 'eq', value: userId }] : [],
    show: (change) => void navigate({ to: '/', search: { ...search, ...change }, replace: true }),
  }
}
