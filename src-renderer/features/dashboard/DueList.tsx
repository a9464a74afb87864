import { Button, Checkbox, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../shared/features/activities/activity'
import { awakeAt } from '../../../shared/features/activities/awake'
import type { AnyRow } from '../../../shared/kernel/entity'
import { openQuickCreate } from '../../kernel/create/open'
import { addLocalDay } from '../../kernel/local-day'
import { useNow } from '../../kernel/use-now'
import { useCommit, useRecords } from '../../kernel/use-records'
import type { ListCondition } from '../../local/api'
import { formatInstant, formatWhen, humanise } from '../../ui/format'
import classes from './dashboard.module.css'
import type { Dashboard } from './use-dashboard'

const Task = ({ row }: { row: AnyRow }) => {
  const now = useNow()
  const { t } = useTranslation('dashboard')
  const commit = useCommit()
  const name = String(row.subject)
  const due = String(row.dueDate)
  const complete = () =>
    void commit([{ entity: 'activity', id: row.id, set: { status: 'completed' } }], {
      label: t('completed', { name }),
      toast: true,
    })
  return (
    <li className={classes.task}>
      <Checkbox checked={false} onChange={complete} aria-label={t('complete', { name })} />
      <Link
        to="/$plural/$id"
        params={{ plural: 'activities', id: row.id }}
        className={classes.taskTitle}
      >
        {name}
      </Link>
      <span className={classes.quiet}>{humanise(String(row.activityType))}</span>
      <time className={classes.quiet} dateTime={due} title={formatInstant(due)}>
        {formatWhen(due, now)}
      </time>
    </li>
  )
}

type SectionProps = { title: string; where: ListCondition[]; warn?: boolean }

const Section = ({ title, where, warn = false }: SectionProps) => {
  const { rows } = useRecords({
    entity: 'activity',
    where,
    sort: [{ field: 'dueDate', descending: false }],
    limit: 6,
  })
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className={classes.dueTitle} data-warn={warn || undefined}>
        {title}
      </h3>
      <ul className={classes.tasks}>
        {rows.map((row) => (
          <Task key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

/** What is to be done today and soon. */
export const DueList = ({ dashboard }: { dashboard: Dashboard }) => {
  const now = useNow()
  const { t } = useTranslation('dashboard')
  const day = (days: number): string => addLocalDay(now, days)
  const open: ListCondition[] = [
    { field: 'status', operator: 'in', value: ['scheduled', 'in_progress'] },
    awakeAt(now),
    ...dashboard.owned,
  ]
  const between = (from: string | null, to: string): ListCondition[] => [
    ...open,
    { field: 'dueDate', operator: 'lt', value: to },
    ...(from ? [{ field: 'dueDate', operator: 'gte' as const, value: from }] : []),
  ]
  const soon = useRecords({ entity: 'activity', where: between(null, day(8)), limit: 1 })
  return (
    <section>
      <div className={classes.sectionHead}>
        <Title order={2} size="h3">
          {t(dashboard.scope === 'mine' ? 'myActivities' : 'activities')}
        </Title>
      </div>
      <Section title={t('overdue')} where={between(null, day(0))} warn />
      <Section title={t('today')} where={between(day(0), day(1))} />
      <Section title={t('upcoming')} where={between(day(1), day(8))} />
      {soon.total === 0 && !soon.isLoading ? (
        <Text size="sm" className={classes.quiet ?? ''} my="sm">
          {t('nothingDue')}
        </Text>
      ) : null}
      <Button
        variant="subtle"
        mt="sm"
        className={classes.more ?? ''}
        onClick={() => openQuickCreate(activity)}
      >
        {t('plan')}
      </Button>
    </section>
  )
}
