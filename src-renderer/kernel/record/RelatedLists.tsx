import { ActionIcon, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import { formatCount } from '../../ui/format'
import { EntityIcon } from '../../ui/icons'
import { openQuickCreate } from '../create/open'
import { FieldCell } from '../fields/cells'
import { useAccess } from '../use-access'
import { useRecords } from '../use-records'
import { useSession } from '../use-store'
import { useMayEdit } from './KeyFields'
import classes from './record.module.css'
import { type Relation, relationsOf } from './related'

const shown = 5

const RelatedList = ({ relation, row }: { relation: Relation; row: AnyRow }) => {
  const { t } = useTranslation('records')
  const { currency } = useSession()
  const { entity, field, label } = relation
  const canEdit = useMayEdit(entity)
  const where = [{ field, operator: 'eq' as const, value: row.id }]
  const { rows, total } = useRecords({ entity: entity.name, where, limit: shown })
  const detail = entity.list.columns.find(
    (name) => !entity.titleFields.includes(name) && name !== field,
  )
  const detailField = detail === undefined ? undefined : fieldOf(entity, detail)
  return (
    <section className={classes.section}>
      <div className={classes.relatedHead}>
        <Title order={3} className={classes.sectionTitle}>
          {label} <span className={classes.quiet}>{formatCount(total)}</span>
        </Title>
        {canEdit ? (
          <ActionIcon
            size={22}
            aria-label={t('add', { entity: entity.label.toLowerCase() })}
            onClick={() => openQuickCreate(entity, { [field]: row.id })}
          >
            <IconPlus size={14} />
          </ActionIcon>
        ) : null}
      </div>
      {rows.map((related) => (
        <div className={classes.relatedRow} key={related.id}>
          <Link
            to="/$plural/$id"
            params={{ plural: entity.plural, id: related.id }}
            className={classes.relatedLink}
          >
            <EntityIcon name={entity.icon} size={14} />
            <span className={classes.relatedName}>{titleOf(entity, related) || t('untitled')}</span>
          </Link>
          {detail !== undefined && detailField ? (
            <span className={classes.relatedDetail}>
              <FieldCell
                field={detailField}
                value={related[detail]}
                row={related}
                currency={currency}
                mode="line"
              />
            </span>
          ) : null}
        </div>
      ))}
      {total === 0 ? (
        <Text size="sm" className={classes.quiet ?? ''}>
          {t('noRelated', { entity: label.toLowerCase() })}
        </Text>
      ) : null}
      {total > shown ? (
        <Link
          to="/$plural"
          params={{ plural: entity.plural }}
          search={{ filters: where }}
          className={classes.more}
        >
          {t('showAll', { shown: formatCount(total) })}
        </Link>
      ) : null}
    </section>
  )
}

/** Records of other kinds that point at this one. Activities stand in the timeline. */
export const RelatedLists = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const access = useAccess()
  const relations = relationsOf(entity).filter(
    (relation) => relation.entity.name !== 'activity' && access.may('read', relation.entity),
  )
  return relations.map((relation) => (
    <RelatedList
      key={`${relation.entity.name}-${relation.field}`}
      relation={{ ...relation, entity: access.known(relation.entity) }}
      row={row}
    />
  ))
}
