import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { EntityIcon } from '../../ui/icons'
import classes from './sync.module.css'

/** A record by name, to be opened. */
export const RecordLink = ({
  entity,
  id,
  title,
}: {
  entity: AnyEntity
  id: string
  title: string
}) => {
  const { t } = useTranslation('sync')
  return (
    <Link
      to="/$plural/$id"
      params={{ plural: entity.plural, id }}
      className={classes.record}
      dir="auto"
    >
      <EntityIcon name={entity.icon} size={14} />
      <span>{title || t('away.untitled', { entity: entity.label.toLowerCase() })}</span>
    </Link>
  )
}
