import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { QuoteLine } from '../../../shared/features/quotes/quote'
import { lineTotal } from '../../../shared/features/quotes/totals'
import { formatMoney } from '../../../shared/kernel/money'
import { MoneyCell } from '../../kernel/editing/MoneyCell'
import { NumberCell } from '../../kernel/editing/NumberCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { RecordPicker } from '../../kernel/fields/RecordPicker'
import { locale } from '../../ui/format'
import classes from './quotes.module.css'

type Props = {
  line: QuoteLine
  number: number
  isLast: boolean
  currency: string
  canEdit: boolean
  onChange: (change: Partial<QuoteLine>) => void
  onProduct: (productId: string | null) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

const icon = { size: 14, stroke: 1.5 }

type PercentProps = {
  label: string
  value: number | null
  disabled: boolean
  onSave: (percent: number | null) => void
}

const PercentCell = (props: PercentProps) => (
  <NumberCell {...props} width="100%" min={0} max={100} decimals={4} suffix=" %" />
)

/** One line of a quote, edited cell by cell. */
export const QuoteLineRow = (props: Props) => {
  const { line, number, isLast, currency, canEdit, onChange, onMove } = props
  const { t } = useTranslation('quotes')
  const disabled = !canEdit
  return (
    <tr className={classes.line}>
      <td>
        <div className={classes.both}>
          {canEdit ? (
            <RecordPicker
              target="product"
              value={line.productId}
              onChange={props.onProduct}
              label={t('productOf', { number })}
            />
          ) : null}
          <TextCell
            label={t('descriptionOf', { number })}
            placeholder={t('description')}
            value={line.description ?? ''}
            disabled={disabled}
            onSave={(text) => onChange({ description: text || null })}
          />
        </div>
      </td>
      <td>
        <NumberCell
          label={t('quantityOf', { number })}
          width="100%"
          min={0}
          max={1_000_000_000}
          decimals={4}
          suffix=""
          value={line.quantity}
          disabled={disabled}
          onSave={(quantity) => onChange({ quantity: quantity ?? 1 })}
        />
      </td>
      <td>
        <MoneyCell
          label={t('priceOf', { number })}
          value={line.unitPrice}
          currency={currency}
          disabled={disabled}
          onSave={(unitPrice) => onChange({ unitPrice })}
        />
      </td>
      <td>
        <PercentCell
          label={t('discountOf', { number })}
          value={line.discountPercent}
          disabled={disabled}
          onSave={(discountPercent) => onChange({ discountPercent })}
        />
      </td>
      <td>
        <PercentCell
          label={t('taxOf', { number })}
          value={line.taxPercent}
          disabled={disabled}
          onSave={(taxPercent) => onChange({ taxPercent })}
        />
      </td>
      <td className={classes.sum}>{formatMoney(lineTotal(line), currency, locale())}</td>
      <td className={classes.tools}>
        {canEdit ? (
          <>
            <ActionIcon
              aria-label={t('up', { number })}
              disabled={number === 1}
              onClick={() => onMove(-1)}
            >
              <IconArrowUp {...icon} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('down', { number })}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              <IconArrowDown {...icon} />
            </ActionIcon>
            <ActionIcon aria-label={t('remove', { number })} onClick={props.onRemove}>
              <IconTrash {...icon} />
            </ActionIcon>
          </>
        ) : null}
      </td>
    </tr>
  )
}
