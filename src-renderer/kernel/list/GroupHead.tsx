import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { fieldOf } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { formatMoney } from '../../../shared/kernel/money'
import { formatCount, formatMonth, locale } from '../../ui/format'
import { FieldCell } from '../fields/cells'
import type { RowGroup } from './grouping'
import classes from './list.module.css'

type Props = {
  entity: AnyEntity
  field: string
  group: RowGroup
  isOpen: boolean
  currency: string
  top: number
  height: number
  width: number
  rowIndex: number
  onToggle: () => void
}

const noRow: AnyRow = { id: '', createdAt: null, createdBy: null, deletedAt: null, updatedAt: null }

const Value = ({ field, value }: { field: AnyField; value: string }) => {
  const { t } = useTranslation('records')
  if (field.kind === 'day' || field.kind === 'instant') return <span>{formatMonth(value)}</span>
  if (field.kind === 'flag') return <span>{t(value === 'true' ? 'yes' : 'no')}</span>
  return <FieldCell field={field} value={value} row={noRow} currency="" mode="line" />
}

/** The head of a group: what its rows share, how many they are and what they come to. */
export const GroupHead = (props: Props) => {
  const { t } = useTranslation('records')
  const { group, isOpen } = props
  const field = fieldOf(props.entity, props.field)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={classes.group}
      style={{
        transform: `translateY(${props.top}px)`,
        height: props.height,
        minWidth: `max(100%, ${props.width}px)`,
      }}
    >
      <div role="gridcell" className={classes.groupCell}>
        <button
          type="button"
          className={classes.groupButton}
          aria-expanded={isOpen}
          onClick={props.onToggle}
        >
          <Chevron size={14} stroke={1.5} aria-hidden />
          {group.key === null || !field ? (
            <span className={classes.chipField}>
              {t('withoutValue', { field: field?.label.toLowerCase() })}
            </span>
          ) : (
            <Value field={field} value={group.key} />
          )}
        </button>
        <span className={classes.groupCount}>{formatCount(group.count)}</span>
        {group.sum ? (
          <span className={classes.groupSum}>
            {formatMoney(group.sum, props.currency, locale())}
          </span>
        ) : null}
      </div>
    </div>
  )
}
