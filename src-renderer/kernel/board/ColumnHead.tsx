import { ActionIcon } from '@mantine/core'
import { IconChevronsLeft, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { formatMoney } from '../../../shared/kernel/money'
import { formatCount, locale } from '../../ui/format'
import classes from './board.module.css'
import { formatAmountShort } from './format-amount'
import type { ColumnTotal } from './totals'

type Props = {
  entity: AnyEntity
  stage: AnyRow
  total: ColumnTotal
  canAdd: boolean
  onAdd: () => void
  onCollapse: () => void
}

const Sums = ({ total }: { total: ColumnTotal }) => {
  const { t } = useTranslation('pipelines')
  const [first, ...more] = total.amounts
  if (!first) return <span className={classes.sums}> </span>
  const exact = total.amounts
    .map(({ currency, amount, weighted }) =>
      t('sumExact', {
        amount: formatMoney(amount, currency, locale()),
        weighted: formatMoney(weighted, currency, locale()),
      }),
    )
    .join('\n')
  return (
    <span className={classes.sums} title={exact}>
      {formatAmountShort(first.amount, first.currency)}
      <span className={classes.weighted}>
        {t('weighted', { amount: formatAmountShort(first.weighted, first.currency) })}
      </span>
      {more.length > 0 ? <span>{t('moreCurrencies', { count: more.length })}</span> : null}
    </span>
  )
}

/** Name, number and sums of a stage. */
export const ColumnHead = ({ entity, stage, total, canAdd, onAdd, onCollapse }: Props) => {
  const { t } = useTranslation('pipelines')
  const name = String(stage.name)
  return (
    <header className={classes.head}>
      <div className={classes.headLine}>
        <h2 className={classes.stageName} title={name}>
          {name}
        </h2>
        <span className={classes.count}>{formatCount(total.count)}</span>
        <span className={classes.headActions}>
          {canAdd ? (
            <ActionIcon
              size={22}
              aria-label={t('quickAdd', { entity: entity.label.toLowerCase(), stage: name })}
              onClick={onAdd}
            >
              <IconPlus size={14} />
            </ActionIcon>
          ) : null}
          <ActionIcon size={22} aria-label={t('collapse', { stage: name })} onClick={onCollapse}>
            <IconChevronsLeft size={14} />
          </ActionIcon>
        </span>
      </div>
      <Sums total={total} />
    </header>
  )
}
