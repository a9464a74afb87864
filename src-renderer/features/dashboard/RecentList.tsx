import { Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { entities } from '../../../shared/features/index'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { useNow } from '../../kernel/use-now'
import { recordName, useRecords } from '../../kernel/use-records'
import { formatInstant, formatWhen } from '../../ui/format'
import { EntityIcon } from '../../ui/icons'
import classes from './dashboard.module.css'

const shown: readonly AnyEntity[] = [
  entities.contact,
  entities.account,
  entities.lead,
  entities.opportunity,
]

const newest = [{ field: 'updatedAt', descending: true }]
const each = 6

/** What anybody worked on last. */
export const RecentList = () => {
  const now = useNow()
  const { t } = useTranslation('dashboard')
  const lists = [
    useRecords({ entity: 'contact', sort: newest, limit: each }).rows,
    useRecords({ entity: 'account', sort: newest, limit: each }).rows,
    useRecords({ entity: 'lead', sort: newest, limit: each }).rows,
    useRecords({ entity: 'opportunity', sort: newest, limit: each }).rows,
  ]
  const rows = shown
    .flatMap((entity, index) => (lists[index] ?? []).map((row) => ({ entity, row })))
    .sort((a, b) => (String(a.row.updatedAt) > String(b.row.updatedAt) ? -1 : 1))
    .slice(0, each)
  if (rows.length === 0) return null
  return (
    <section>
      <Title order={2} size="h3" mt="lg">
        {t('recent')}
      </Title>
      <ul className={classes.tasks}>
        {rows.map(({ entity, row }) => (
          <li key={row.id} className={classes.task}>
            <EntityIcon name={entity.icon} />
            <Link
              to="/$plural/$id"
              params={{ plural: entity.plural, id: row.id }}
              className={classes.taskTitle}
            >
              {recordName(entity.name, row)}
            </Link>
            {row.updatedAt ? (
              <time
                className={classes.quiet}
                dateTime={row.updatedAt}
                title={formatInstant(row.updatedAt)}
              >
                {formatWhen(row.updatedAt, now)}
              </time>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
