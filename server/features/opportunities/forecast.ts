/** `GET /opportunities/forecast?from&to&pipeline_id`: what is likely to come in, against the quotas. */
import type { Context } from 'hono'
import { z } from 'zod'
import { entities } from '../../../shared/features/index'
import {
  type Forecast,
  type ForecastSum,
  forecast,
} from '../../../shared/features/opportunities/forecast'
import type { Opportunity } from '../../../shared/features/opportunities/opportunity'
import type { Quota } from '../../../shared/features/quotas/quota'
import { monthlyTarget } from '../../../shared/features/quotas/target'
import { addDays, addMonths } from '../../../shared/kernel/day'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { idSchema } from '../../../shared/kernel/ids'
import { minorToMajor } from '../../../shared/kernel/money'
import type { AuthEnv } from '../../auth/authenticate'
import { createActionTools } from '../../kernel/actions'
import { checked } from '../../kernel/body'
import type { CrudDeps } from '../../kernel/crud'
import type { FilterCondition, RecordReader } from '../../kernel/ports'

const day = z.iso.date('must be a day, YYYY-MM-DD')

/** Without dates: this month and the eleven after it. */
export const forecastQuery = z
  .strictObject({ from: day.optional(), to: day.optional(), pipeline_id: idSchema.optional() })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    message: 'must not lie before from',
  })

const all = async (
  reader: RecordReader,
  workspaceId: string,
  { entity, where }: { entity: AnyEntity; where: FilterCondition[] },
) => {
  const rows = []
  let cursor: string | null | undefined
  do {
    const page = await reader.list(workspaceId, {
      entity,
      where,
      sort: [],
      limit: 500,
      ...(cursor ? { cursor } : {}),
    })
    rows.push(...page.records.map(({ row }) => row))
    cursor = page.nextCursor
  } while (cursor)
  return rows
}

const sumToWire = ({ count, amount, weighted, won }: ForecastSum, currency: string) => ({
  count,
  amount: minorToMajor(amount, currency),
  weighted: minorToMajor(weighted, currency),
  won: minorToMajor(won, currency),
})

const sumsToWire = (sums: { [key: string]: ForecastSum }, currency: string) =>
  Object.fromEntries(Object.entries(sums).map(([key, sum]) => [key, sumToWire(sum, currency)]))

const toWire = ({ currency, total, months }: Forecast, quotas: readonly Quota[], own: string) => ({
  currency,
  total: sumToWire(total, currency),
  months: months.map(({ month, byCategory, byOwner, ...sum }) => ({
    month,
    ...sumToWire(sum, currency),
    quota: minorToMajor(
      quotas
        .filter((quota) => (quota.currency ?? own) === currency)
        .reduce((target, quota) => target + monthlyTarget(quota, month), 0),
      currency,
    ),
    by_category: sumsToWire(byCategory, currency),
    by_owner: sumsToWire(byOwner, currency),
  })),
})

export const readForecast = async (deps: CrudDeps, c: Context<AuthEnv>): Promise<Response> => {
  const entity = entities.opportunity
  const { workspaceId, currency, context, reader } = createActionTools(deps, c, {
    entity,
    action: 'read',
  })
  const query = checked(forecastQuery, c.req.query())
  const from = query.from ?? addMonths(context.now.slice(0, 10), 0)
  const to = query.to ?? addDays(addMonths(from, 12), -1)
  const where: FilterCondition[] = query.pipeline_id
    ? [{ field: 'pipelineId', operator: 'eq', value: query.pipeline_id }]
    : []
  const rows = await all(reader, workspaceId, { entity, where })
  const quotaRows = await all(reader, workspaceId, { entity: entities.quota, where })
  // Rows of an entity have its shape: the gate has checked every value.
  const quotas = quotaRows as Quota[]
  // A quota of one person is part of the one for everybody where both are kept.
  const shared = quotas.filter(({ userId }) => userId === null)
  const counted = shared.length > 0 ? shared : quotas
  const parts = forecast(rows as Opportunity[], { from, to, currency })
  return c.json({
    from,
    to,
    items: parts.map((part) => toWire(part, counted, currency)),
  })
}
