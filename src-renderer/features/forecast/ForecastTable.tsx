import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Forecast, ForecastSum } from '../../../shared/features/opportunities/forecast'
import { addDays, addMonths } from '../../../shared/kernel/day'
import { formatAmount } from '../../kernel/board/format-amount'
import type { ListCondition } from '../../local/api'
import { formatCount, formatMonth } from '../../ui/format'
import classes from './forecast.module.css'

type Props = {
  part: Forecast
  /** Absent where no quota is in this currency. */
  quotaOf: ((month: string) => number) | undefined
  narrowed: ListCondition[]
}

const categories = ['commit', 'best_case', 'pipeline'] as const

/** The list of what is expected to close in a month. */
const monthFilters = (month: string, narrowed: ListCondition[]): ListCondition[] => [
  { field: 'closeDate', operator: 'gte', value: `${month}-01` },
  { field: 'closeDate', operator: 'lte', value: addDays(addMonths(`${month}-01`, 1), -1) },
  { field: 'lostAt', operator: 'isEmpty' },
  ...narrowed,
]

/** The forecast month by month, and what is missing to the quota. */
export const ForecastTable = ({ part, quotaOf, narrowed }: Props) => {
  const { t } = useTranslation('forecast')
  const { currency, months, total } = part
  const amount = (minor: number): string => formatAmount(minor, currency)
  const sumOf = (category: string): number =>
    months.reduce((sum, { byCategory }) => sum + (byCategory[category]?.amount ?? 0), 0)
  const quotas = quotaOf ? months.map(({ month }) => quotaOf(month)) : []
  const quota = quotas.reduce((sum, target) => sum + target, 0)
  const gap = (sum: Pick<ForecastSum, 'weighted'>, target: number): string =>
    target === 0 ? '–' : amount(Math.max(target - sum.weighted, 0))
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('tableOf', { currency })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('won')}</th>
            {categories.map((category) => (
              <th key={category} scope="col">
                {t(`category.${category}`)}
              </th>
            ))}
            <th scope="col">{t('weighted')}</th>
            {quotaOf ? <th scope="col">{t('quota')}</th> : null}
            {quotaOf ? <th scope="col">{t('gap')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {months.map((sum, index) => (
            <tr key={sum.month}>
              <th scope="row">
                <Link
                  to="/$plural"
                  params={{ plural: 'opportunities' }}
                  search={{ filters: monthFilters(sum.month, narrowed) }}
                >
                  {formatMonth(sum.month)}
                </Link>
              </th>
              <td>{formatCount(sum.count)}</td>
              <td>{amount(sum.won)}</td>
              {categories.map((category) => (
                <td key={category}>{amount(sum.byCategory[category]?.amount ?? 0)}</td>
              ))}
              <td>
                <b>{amount(sum.weighted)}</b>
              </td>
              {quotaOf ? <td>{amount(quotas[index] ?? 0)}</td> : null}
              {quotaOf ? <td>{gap(sum, quotas[index] ?? 0)}</td> : null}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td>{formatCount(total.count)}</td>
            <td>{amount(total.won)}</td>
            {categories.map((category) => (
              <td key={category}>{amount(sumOf(category))}</td>
            ))}
            <td>{amount(total.weighted)}</td>
            {quotaOf ? <td>{amount(quota)}</td> : null}
            {quotaOf ? <td>{gap(total, quota)}</td> : null}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
