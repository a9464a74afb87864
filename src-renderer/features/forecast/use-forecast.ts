/** The forecast as the address asks for it, from local data by the same arithmetic as the server's. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { type Forecast, forecast } from '../../../shared/features/opportunities/forecast'
import type { Opportunity } from '../../../shared/features/opportunities/opportunity'
import type { Quota } from '../../../shared/features/quotas/quota'
import { monthlyTarget } from '../../../shared/features/quotas/target'
import { addDays, addMonths } from '../../../shared/kernel/day'
import { localDay } from '../../kernel/local-day'
import { useNow } from '../../kernel/use-now'
import { useRecords } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import type { ListCondition } from '../../local/api'

export const spans = ['3', '6', '12'] as const

const searchSchema = z.object({
  scope: z.enum(['mine', 'all']).catch('all'),
  months: z.enum(spans).catch('6'),
  pipeline: z.string().optional().catch(undefined),
})

export type ForecastSearch = z.infer<typeof searchSchema>

export const useForecastSearch = () => {
  const navigate = useNavigate()
  const search = searchSchema.parse(useSearch({ strict: false }))
  const show = (change: Partial<ForecastSearch>) =>
    void navigate({ to: '/forecast', search: { ...search, ...change }, replace: true })
  return { search, show }
}

export type ShownForecast = {
  from: string
  to: string
  /** The workspace's currency first; amounts of different ones are never added up. */
  parts: Forecast[]
  /** Minor units of the workspace's currency, by month. */
  quotaOf: (month: string) => number
  /** Conditions of scope and pipeline, for the lists behind the figures. */
  narrowed: ListCondition[]
  isLoading: boolean
}

const mostRows = 20_000

const useOpportunities = (narrowed: ListCondition[], from: string, to: string) => {
  const open = useRecords({
    entity: 'opportunity',
    where: [
      ...narrowed,
      { field: 'wonAt', operator: 'isEmpty' },
      { field: 'lostAt', operator: 'isEmpty' },
      { field: 'closeDate', operator: 'gte', value: from },
      { field: 'closeDate', operator: 'lte', value: to },
    ],
    limit: mostRows,
  })
  const won = useRecords({
    entity: 'opportunity',
    where: [
      ...narrowed,
      { field: 'wonAt', operator: 'gte', value: `${from}T00:00:00.000Z` },
      { field: 'wonAt', operator: 'lt', value: `${addDays(to, 1)}T00:00:00.000Z` },
    ],
    limit: mostRows,
  })
  return { rows: [...open.rows, ...won.rows], isLoading: open.isLoading || won.isLoading }
}

/** A quota of one person is part of the one for everybody where both are kept. */
const counted = (quotas: readonly Quota[], userId: string | null): Quota[] => {
  if (userId !== null) return quotas.filter((quota) => quota.userId === userId)
  const shared = quotas.filter((quota) => quota.userId === null)
  return shared.length > 0 ? shared : [...quotas]
}

export const useForecast = (search: ForecastSearch): ShownForecast => {
  const { userId, currency } = useSession()
  const from = addMonths(localDay(useNow()), 0)
  const to = addDays(addMonths(from, Number(search.months)), -1)
  const ofPipeline: ListCondition[] = search.pipeline
    ? [{ field: 'pipelineId', operator: 'in', value: [search.pipeline] }]
    : []
  const narrowed: ListCondition[] = [
    ...ofPipeline,
    ...(search.scope === 'mine'
      ? [{ field: 'ownerId', operator: 'eq' as const, value: userId }]
      : []),
  ]
  const { rows, isLoading } = useOpportunities(narrowed, from, to)
  const quotas = useRecords({ entity: 'quota', where: ofPipeline, limit: 1000 })
  // Rows of an entity have its shape, here and below.
  const own = (quotas.rows as Quota[]).filter((quota) => (quota.currency ?? currency) === currency)
  const targets = counted(own, search.scope === 'mine' ? userId : null)
  return {
    from,
    to,
    parts: forecast(rows as Opportunity[], { from, to, currency }),
    quotaOf: (month) => targets.reduce((sum, quota) => sum + monthlyTarget(quota, month), 0),
    narrowed,
    isLoading,
  }
}
