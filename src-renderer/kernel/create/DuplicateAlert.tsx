import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { titleOf } from '../../../shared/kernel/entity'
import { formatPhone } from '../../../shared/kernel/phone'
import classes from './create.module.css'
import type { Duplicate } from './use-duplicates'

/** Warns of records that are likely the same, says why, and leads there. */
export const DuplicateAlert = ({
  duplicates,
  onFollow,
}: {
  duplicates: readonly Duplicate[]
  onFollow: () => void
}) => {
  const { t } = useTranslation(['pipelines', 'records'])
  if (duplicates.length === 0) return null
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('records:duplicateTitle')}
      role="status"
      classNames={{ label: classes.warning ?? '' }}
    >
      {duplicates.map(({ entity: name, row, reasons }) => {
        const entity = entityNamed(name)
        if (!entity) return null
        return (
          <div key={row.id}>
            <Link
              to="/$plural/$id"
              params={{ plural: entity.plural, id: row.id }}
              onClick={onFollow}
              className={classes.duplicate}
            >
              {titleOf(entity, row)}
            </Link>{' '}
            {entity.label.toLowerCase()}
            {' · '}
            {reasons.map((reason) => t(`likeness.${reason}`)).join(', ')}
            {row.email
              ? ` · ${row.email}`
              : row.phone
                ? ` · ${formatPhone(String(row.phone))}`
                : ''}
          </div>
        )
      })}
    </Alert>
  )
}
