import { useTranslation } from 'react-i18next'
import type { Quote } from '../../../shared/features/quotes/quote'
import { quoteTotals } from '../../../shared/features/quotes/totals'
import { formatMoney } from '../../../shared/kernel/money'
import { NumberCell } from '../../kernel/editing/NumberCell'
import { formatDecimal, locale } from '../../ui/format'
import classes from './quotes.module.css'

type Props = {
  quote: Quote
  currency: string
  canEdit: boolean
  onDiscount: (percent: number | null) => void
}

/** What the lines come to: discount on the whole, tax by rate, total. */
export const QuoteTotals = ({ quote, currency, canEdit, onDiscount }: Props) => {
  const { t } = useTranslation('quotes')
  const totals = quoteTotals(quote.lines, quote.discountPercent)
  const shown = (minor: number): string => formatMoney(minor, currency, locale())
  return (
    <dl className={classes.totals}>
      <dt>{t('subtotal')}</dt>
      <dd>{shown(totals.subtotal)}</dd>
      <dt className={classes.discount}>
        {t('discountWhole')}
        <NumberCell
          label={t('discountWholePercent')}
          width={72}
          min={0}
          max={100}
          decimals={4}
          suffix=" %"
          value={quote.discountPercent}
          disabled={!canEdit}
          onSave={onDiscount}
        />
      </dt>
      <dd>{totals.discountTotal === 0 ? shown(0) : `−${shown(totals.discountTotal)}`}</dd>
      {totals.taxes.map(({ percent, net, tax }) => (
        <div className={classes.tax} key={percent}>
          <dt>{t('taxLine', { percent: formatDecimal(percent), net: shown(net) })}</dt>
          <dd>{shown(tax)}</dd>
        </div>
      ))}
      <dt className={classes.total}>{t('total')}</dt>
      <dd className={classes.total}>{shown(totals.total)}</dd>
    </dl>
  )
}
