import { useTranslation } from 'react-i18next'
import { monthsBetween } from '../../../shared/features/opportunities/forecast'
import { type Quota, quota as quotaEntity } from '../../../shared/features/quotas/quota'
import { monthlyTarget } from '../../../shared/features/quotas/target'
import { useAccess } from '../../kernel/use-access'
import { useAggregate, useRecords } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import type { ListCondition } from '../../local/api'
import { allAmounts, amountsOf } from './amounts'
import { Figure } from './Figure'
import type { Dashboard } from './use-dashboard'

/** What is to be won in the span by the quotas in force, in minor units of the workspace's currency. */
const useTarget = ({ span, scope }: Dashboard): { target: number; isLoading: boolean } => {
  const { userId, currency } = useSession()
  const where: ListCondition[] =
    scope === 'mine' ? [{ field: 'userId', operator: 'eq', value: userId }] : []
  const { rows, isLoading } = useRecords({ entity: 'quota', where, limit: 500 })
  // Rows of an entity have its shape.
  const quotas = (rows as Quota[]).filter((quota) => (quota.currency ?? currency) === currency)
  const months = monthsBetween(span.from, span.to)
  const target = quotas.reduce(
    (sum, quota) => sum + months.reduce((own, month) => own + monthlyTarget(quota, month), 0),
    0,
  )
  return { target, isLoading }
}

/** How much of the quota is won. */
export const QuotaFigure = ({ dashboard }: { dashboard: Dashboard }) => {
  const { t } = useTranslation('dashboard')
  const { currency } = useSession()
  const { may } = useAccess()
  const { span, owned, scope } = dashboard
  const { target, isLoading } = useTarget(dashboard)
  const filters: ListCondition[] = [
    { field: 'wonAt', operator: 'gte', value: span.start },
    { field: 'wonAt', operator: 'lt', value: span.end },
    ...owned,
  ]
  const { groups } = useAggregate({
    entity: 'opportunity',
    where: filters,
    groupBy: [{ field: 'currency' }],
    sums: [{ name: 'amount', field: 'amount' }],
  })
  const [won] = amountsOf(groups, 'amount', currency)
  const rate = new Intl.NumberFormat(undefined, { style: 'percent' })
  const label = t(scope === 'mine' ? 'quota' : 'quotaAll')
  if (target === 0)
    return (
      <Figure
        label={label}
        value="–"
        note={t('noQuota')}
        isLoading={isLoading}
        to={may('update', quotaEntity) ? '/settings/quotas' : '/forecast'}
      />
    )
  const targets = allAmounts([{ currency, minor: target }])
  return (
    <Figure
      label={label}
      value={rate.format(won.minor / target)}
      title={t('quotaTitle', { won: allAmounts([won]), target: targets })}
      note={t('quotaOf', { target: targets })}
      isLoading={isLoading}
      plural="opportunities"
      filters={filters}
    />
  )
}
