import { Button, Checkbox, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { activity } from '../../shared/features/activities/activity'
import { lead } from '../../shared/features/leads/lead'
import type { AnyRow } from '../../shared/kernel/entity'
import { openQuickCreate } from '../kernel/create/open'
import { recordName, useCommit, useRecords } from '../kernel/use-records'
import { useSession } from '../kernel/use-store'
import type { ListCondition } from '../local/api'
import { formatCount, formatInstant, formatWhen, humanise } from '../ui/format'
import { EntityIcon } from '../ui/icons'
import classes from './app.module.css'

const dayMs = 24 * 3600_000
const openLeads: ListCondition = {
  field: 'status',
  operator: 'in',
  value: ['new', 'contacted', 'qualified'],
}

const startOfDay = (offset: number): string => {
  const date = new Date(new Date().setHours(0, 0, 0, 0) + offset * dayMs)
  return date.toISOString()
}

const useCount = (entity: string, where: ListCondition[] = []): number =>
  useRecords({ entity, where, limit: 1 }).total

type TileProps = { plural: string; label: string; count: number; filters?: ListCondition[] }

const Tile = ({ plural, label, count, filters }: TileProps) => (
  <Link
    to="/$plural"
    params={{ plural }}
    search={filters ? { filters } : {}}
    className={classes.tile}
  >
    <span className={classes.tileNumber}>{formatCount(count)}</span>
    <span className={classes.tileLabel}>{label}</span>
  </Link>
)

const Task = ({ row }: { row: AnyRow }) => {
  const { t } = useTranslation('app')
  const commit = useCommit()
  const name = String(row.subject)
  const due = String(row.dueDate)
  const complete = () =>
    void commit(
      [
        {
          entity: 'activity',
          id: row.id,
          set: { status: 'completed', completedAt: new Date().toISOString() },
        },
      ],
      { label: t('home_.completed', { name }), toast: true },
    )
  return (
    <li className={classes.task}>
      <Checkbox checked={false} onChange={complete} aria-label={t('home_.complete', { name })} />
      <Link
        to="/$plural/$id"
        params={{ plural: 'activities', id: row.id }}
        className={classes.taskTitle}
      >
        {name}
      </Link>
      <span className={classes.quiet}>{humanise(String(row.activityType))}</span>
      <time className={classes.quiet} dateTime={due} title={formatInstant(due)}>
        {formatWhen(due, Date.now())}
      </time>
    </li>
  )
}

type DueProps = { title: string; from?: string; to: string; warn?: boolean }

const Due = ({ title, from, to, warn = false }: DueProps) => {
  const { userId } = useSession()
  const { rows } = useRecords({
    entity: 'activity',
    where: [
      { field: 'ownerId', operator: 'eq', value: userId },
      { field: 'status', operator: 'in', value: ['scheduled', 'in_progress'] },
      { field: 'dueDate', operator: 'lt', value: to },
      ...(from ? [{ field: 'dueDate', operator: 'gte' as const, value: from }] : []),
    ],
    sort: [{ field: 'dueDate', descending: false }],
    limit: 8,
  })
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className={classes.sectionTitle} data-warn={warn || undefined}>
        {title}
      </h3>
      <ul style={{ margin: 0, padding: 0 }}>
        {rows.map((row) => (
          <Task key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

const MyActivities = () => {
  const { t } = useTranslation('app')
  const { userId } = useSession()
  const open = useCount('activity', [
    { field: 'ownerId', operator: 'eq', value: userId },
    { field: 'status', operator: 'in', value: ['scheduled', 'in_progress'] },
    { field: 'dueDate', operator: 'lt', value: startOfDay(8) },
  ])
  return (
    <section>
      <Title order={2} size="h3">
        {t('home_.mine')}
      </Title>
      <Due title={t('home_.overdue')} to={startOfDay(0)} warn />
      <Due title={t('home_.today')} from={startOfDay(0)} to={startOfDay(1)} />
      <Due title={t('home_.upcoming')} from={startOfDay(1)} to={startOfDay(8)} />
      {open === 0 ? (
        <Text size="sm" className={classes.quiet ?? ''} my="sm">
          {t('home_.nothingDue')}
        </Text>
      ) : null}
      <Button variant="subtle" mt="sm" onClick={() => openQuickCreate(activity)}>
        {t('home_.plan')}
      </Button>
    </section>
  )
}

const StatusBar = ({ status, largest }: { status: string; largest: number }) => {
  const filters: ListCondition[] = [{ field: 'status', operator: 'in', value: [status] }]
  const count = useCount('lead', filters)
  return (
    <Link to="/$plural" params={{ plural: 'leads' }} search={{ filters }} className={classes.bar}>
      <span>{humanise(status)}</span>
      <span className={classes.barTrack}>
        <span
          className={classes.barFill}
          style={{ width: `${largest > 0 ? (100 * count) / largest : 0}%` }}
        />
      </span>
      <span className={classes.barNumber}>{formatCount(count)}</span>
    </Link>
  )
}

const LeadsByStatus = () => {
  const { t } = useTranslation('app')
  const total = useCount('lead')
  return (
    <section>
      <Title order={2} size="h3">
        {t('home_.leadsByStatus')}
      </Title>
      <div className={classes.bars}>
        {(lead.fields.status?.options ?? []).map((status) => (
          <StatusBar key={status} status={status} largest={total} />
        ))}
      </div>
    </section>
  )
}

const Recent = () => {
  const { t } = useTranslation('app')
  const { rows } = useRecords({
    entity: 'contact',
    sort: [{ field: 'updatedAt', descending: true }],
    limit: 6,
  })
  return (
    <section>
      <Title order={2} size="h3" mt="lg">
        {t('home_.recent')}
      </Title>
      <ul style={{ margin: 0, padding: 0 }}>
        {rows.map((row) => (
          <li key={row.id} className={classes.task}>
            <EntityIcon name="user" />
            <Link
              to="/$plural/$id"
              params={{ plural: 'contacts', id: row.id }}
              className={classes.taskTitle}
            >
              {recordName('contact', row)}
            </Link>
            {row.updatedAt ? (
              <span className={classes.quiet}>{formatWhen(row.updatedAt, Date.now())}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const greeting = (hour: number): 'morning' | 'afternoon' | 'evening' =>
  hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'

/** The day at a glance, from local data. */
export const HomeScreen = () => {
  const { t } = useTranslation('app')
  const { userName } = useSession()
  const thisWeek: ListCondition[] = [{ field: 'createdAt', operator: 'gte', value: startOfDay(-7) }]
  return (
    <div className={classes.page}>
      <Title order={1}>
        {t(`home_.${greeting(new Date().getHours())}`, { name: userName.split(' ')[0] })}
      </Title>
      <div className={classes.tiles}>
        <Tile plural="contacts" label={t('home_.contacts')} count={useCount('contact')} />
        <Tile plural="accounts" label={t('home_.accounts')} count={useCount('account')} />
        <Tile
          plural="leads"
          label={t('home_.leads')}
          count={useCount('lead', [openLeads])}
          filters={[openLeads]}
        />
        <Tile
          plural="leads"
          label={t('home_.newLeads')}
          count={useCount('lead', thisWeek)}
          filters={thisWeek}
        />
      </div>
      <div className={classes.columns}>
        <MyActivities />
        <div>
          <LeadsByStatus />
          <Recent />
        </div>
      </div>
    </div>
  )
}
