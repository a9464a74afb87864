import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import { FieldCell, isBlank } from '../fields/cells'
import { useSession } from '../use-store'
import classes from './changes.module.css'

type ValueProps = { entity: AnyEntity; field: string; value: unknown; row?: AnyRow | null }

const noRow: AnyRow = { id: '', createdAt: null, createdBy: null, deletedAt: null, updatedAt: null }

/** One value of a field as its kind is shown; says so where there is none. */
export const FieldValue = ({ entity, field, value, row }: ValueProps) => {
  const { t } = useTranslation('sync')
  const { currency } = useSession()
  const declared = fieldOf(entity, field)
  if (!declared || isBlank(value)) return <span className={classes.none}>{t('change.empty')}</span>
  return (
    <FieldCell field={declared} value={value} row={row ?? noRow} currency={currency} mode="line" />
  )
}

type Props = Omit<ValueProps, 'value'> & { before: unknown; after: unknown }

/** What a field said and what it says: before, arrow, after. */
export const ValueChange = ({ entity, field, before, after, row = null }: Props) => {
  const { t } = useTranslation('sync')
  return (
    <span className={classes.change}>
      <span className={classes.before}>
        <FieldValue entity={entity} field={field} value={before} row={row} />
      </span>
      <IconArrowRight
        size={14}
        stroke={1.5}
        aria-label={t('change.to')}
        className={classes.arrow}
      />
      <span className={classes.after}>
        <FieldValue entity={entity} field={field} value={after} row={row} />
      </span>
    </span>
  )
}
