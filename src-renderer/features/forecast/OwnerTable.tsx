import { useTranslation } from 'react-i18next'
import {
  emptySum,
  type Forecast,
  type ForecastSum,
} from '../../../shared/features/opportunities/forecast'
import { formatAmount } from '../../kernel/board/format-amount'
import { Reference } from '../../kernel/fields/Reference'
import { formatCount } from '../../ui/format'
import classes from './forecast.module.css'

const byOwner = ({ months }: Forecast): [string, ForecastSum][] => {
  const sums = new Map<string, ForecastSum>()
  for (const month of months)
    for (const [ownerId, own] of Object.entries(month.byOwner)) {
      const sum = sums.get(ownerId) ?? emptySum()
      sums.set(ownerId, {
        count: sum.count + own.count,
        amount: sum.amount + own.amount,
        weighted: sum.weighted + own.weighted,
        won: sum.won + own.won,
      })
    }
  return [...sums].sort(([, a], [, b]) => b.weighted - a.weighted)
}

/** Who is expected to bring in how much. */
export const OwnerTable = ({ part }: { part: Forecast }) => {
  const { t } = useTranslation('forecast')
  const owners = byOwner(part)
  if (owners.length === 0) return null
  const amount = (minor: number): string => formatAmount(minor, part.currency)
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('byOwner')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('owner')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('won')}</th>
            <th scope="col">{t('amount')}</th>
            <th scope="col">{t('weighted')}</th>
          </tr>
        </thead>
        <tbody>
          {owners.map(([ownerId, sum]) => (
            <tr key={ownerId}>
              <th scope="row">
                {ownerId === '' ? (
                  t('nobody')
                ) : (
                  <Reference target="user" id={ownerId} link={false} />
                )}
              </th>
              <td>{formatCount(sum.count)}</td>
              <td>{amount(sum.won)}</td>
              <td>{amount(sum.amount)}</td>
              <td>
                <b>{amount(sum.weighted)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
