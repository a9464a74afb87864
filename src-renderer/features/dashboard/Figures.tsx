import { useTranslation } from 'react-i18next'
import { awakeAt } from '../../../shared/features/activities/awake'
import { entities } from '../../../shared/features/index'
import { addLocalDay } from '../../kernel/local-day'
import { useAccess } from '../../kernel/use-access'
import { useNow } from '../../kernel/use-now'
import { useAggregate } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import type { AggregateQuery, ListCondition } from '../../local/api'
import { formatCount } from '../../ui/format'
import { allAmounts, amountsOf, countOf, shortAmount } from './amounts'
import classes from './dashboard.module.css'
import { Figure } from './Figure'
import { QuotaFigure } from './QuotaFigure'
import type { Dashboard } from './use-dashboard'

const openLeads: ListCondition = {
  field: 'status',
  operator: 'in',
  value: ['new', 'contacted', 'qualified'],
}

const openActivities: ListCondition = {
  field: 'status',
  operator: 'in',
  value: ['scheduled', 'in_progress'],
}

const openOpportunities: ListCondition[] = [
  { field: 'wonAt', operator: 'isEmpty' },
  { field: 'lostAt', operator: 'isEmpty' },
]

const inSpan = (field: string, { span }: Dashboard): ListCondition[] => [
  { field, operator: 'gte', value: span.start },
  { field, operator: 'lt', value: span.end },
]

const byCurrency: Pick<AggregateQuery, 'groupBy' | 'sums'> = {
  groupBy: [{ field: 'currency' }],
  sums: [
    { name: 'amount', field: 'amount' },
    { name: 'weighted', field: 'amount', percentField: 'probability' },
  ],
}

type Props = { dashboard: Dashboard }

const Leads = ({ dashboard }: Props) => {
  const { t } = useTranslation('dashboard')
  const filters = [openLeads, ...dashboard.owned]
  const { groups, isLoading } = useAggregate({ entity: 'lead', where: filters, groupBy: [] })
  const fresh = useAggregate({
    entity: 'lead',
    where: [...filters, ...inSpan('createdAt', dashboard)],
    groupBy: [],
  })
  return (
    <Figure
      label={t('leads')}
      value={formatCount(countOf(groups))}
      note={t(`newIn.${dashboard.period}`, { count: countOf(fresh.groups) })}
      isLoading={isLoading}
      plural="leads"
      filters={filters}
    />
  )
}

const Opportunities = ({ dashboard }: Props) => {
  const { t } = useTranslation('dashboard')
  const { currency } = useSession()
  const filters = [...openOpportunities, ...dashboard.owned]
  const query = { entity: 'opportunity', where: filters, ...byCurrency }
  const { groups, isLoading } = useAggregate(query)
  const amounts = amountsOf(groups, 'amount', currency)
  const weighted = amountsOf(groups, 'weighted', currency)
  return (
    <Figure
      label={t('opportunities')}
      value={shortAmount(amounts)}
      title={t('weightedTitle', { amount: allAmounts(amounts), weighted: allAmounts(weighted) })}
      note={t('openCount', { count: countOf(groups), weighted: shortAmount(weighted) })}
      isLoading={isLoading}
      plural="opportunities"
      filters={filters}
    />
  )
}

const Won = ({ dashboard }: Props) => {
  const { t } = useTranslation('dashboard')
  const { currency } = useSession()
  const filters = [...inSpan('wonAt', dashboard), ...dashboard.owned]
  const { groups, isLoading } = useAggregate({
    entity: 'opportunity',
    where: filters,
    ...byCurrency,
  })
  const amounts = amountsOf(groups, 'amount', currency)
  return (
    <Figure
      label={t(`won.${dashboard.period}`)}
      value={shortAmount(amounts)}
      title={allAmounts(amounts)}
      note={t('wonCount', { count: countOf(groups) })}
      isLoading={isLoading}
      plural="opportunities"
      filters={filters}
    />
  )
}

const Conversion = ({ dashboard }: Props) => {
  const { t } = useTranslation('dashboard')
  const where = [...inSpan('createdAt', dashboard), ...dashboard.owned]
  const { groups, isLoading } = useAggregate({
    entity: 'lead',
    where,
    groupBy: [{ field: 'status' }],
  })
  const total = countOf(groups)
  const converted = countOf(groups.filter(({ keys }) => keys[0] === 'converted'))
  const rate = new Intl.NumberFormat(undefined, { style: 'percent' })
  return (
    <Figure
      label={t('conversion')}
      value={total === 0 ? '–' : rate.format(converted / total)}
      note={t(`convertedOf.${dashboard.period}`, { converted, count: total })}
      isLoading={isLoading}
      plural="leads"
      filters={[...where, { field: 'status', operator: 'in', value: ['converted'] }]}
    />
  )
}

const Due = ({ dashboard }: Props) => {
  const now = useNow()
  const { t } = useTranslation('dashboard')
  const today = addLocalDay(now, 0)
  const before = (value: string): ListCondition[] => [
    openActivities,
    { field: 'dueDate', operator: 'lt', value },
    awakeAt(now),
    ...dashboard.owned,
  ]
  const filters = before(addLocalDay(now, 1))
  const due = useAggregate({ entity: 'activity', where: filters, groupBy: [] })
  const late = useAggregate({ entity: 'activity', where: before(today), groupBy: [] })
  const overdue = countOf(late.groups)
  return (
    <Figure
      label={t('due')}
      value={formatCount(countOf(due.groups))}
      note={overdue > 0 ? t('overdueCount', { count: overdue }) : t('noneOverdue')}
      warn={overdue > 0}
      isLoading={due.isLoading}
      plural="activities"
      filters={filters}
    />
  )
}

/** The state of the business in one line, from local data. */
export const Figures = ({ dashboard }: Props) => {
  const { may } = useAccess()
  const [leads, opportunities, quotas] = [
    may('read', entities.lead),
    may('read', entities.opportunity),
    may('read', entities.quota),
  ]
  return (
    <div className={classes.figures}>
      {leads ? <Leads dashboard={dashboard} /> : null}
      {opportunities ? <Opportunities dashboard={dashboard} /> : null}
      {opportunities ? <Won dashboard={dashboard} /> : null}
      {leads ? <Conversion dashboard={dashboard} /> : null}
      <Due dashboard={dashboard} />
      {opportunities && quotas ? <QuotaFigure dashboard={dashboard} /> : null}
    </div>
  )
}
