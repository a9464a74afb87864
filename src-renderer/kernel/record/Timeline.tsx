import { Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../shared/features/activities/activity'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { kindIcon } from '../../ui/activity-icon'
import { formatInstant, formatWhen, humanise } from '../../ui/format'
import { Reference } from '../fields/Reference'
import { useCommit, useRecords } from '../use-records'
import { useMayEdit } from './KeyFields'
import classes from './record.module.css'
import { timelineField } from './related'

const kinds = activity.fields.activityType?.options ?? []

const step = 50

const QuickLog = ({ field, id }: { field: string; id: string }) => {
  const { t } = useTranslation('records')
  const commit = useCommit()
  const [kind, setKind] = useState('note')
  const [subject, setSubject] = useState('')
  const log = async () => {
    if (subject.trim() === '') return
    const at = new Date().toISOString()
    const isOpen = kind === 'task' || kind === 'meeting'
    const set = {
      subject: subject.trim(),
      activityType: kind,
      status: isOpen ? 'scheduled' : 'completed',
      dueDate: at,
      completedAt: isOpen ? null : at,
      [field]: id,
    }
    const result = await commit([{ entity: 'activity', id: newId(), create: true, set }], {
      label: t('logged', { kind: humanise(kind), subject: subject.trim() }),
    })
    if (result.ok) setSubject('')
  }
  return (
    <form
      className={classes.quickLog}
      onSubmit={(event) => {
        event.preventDefault()
        void log()
      }}
    >
      <SegmentedControl
        aria-label={t('kind')}
        value={kind}
        onChange={setKind}
        data={kinds.map((value) => ({ value, label: humanise(value) }))}
      />
      <Group gap="xs" wrap="nowrap">
        <TextInput
          className={classes.grow ?? ''}
          aria-label={t('logSubject')}
          placeholder={t(`logHint.${kind}`)}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Button type="submit" disabled={subject.trim() === ''}>
          {t('log')}
        </Button>
      </Group>
    </form>
  )
}

const Entry = ({ row }: { row: AnyRow }) => {
  const kind = String(row.activityType)
  const Icon = kindIcon(kind)
  const at = String(row.completedAt ?? row.dueDate ?? row.createdAt)
  return (
    <li className={classes.entry} data-open={row.status === 'scheduled' || undefined}>
      <span className={classes.entryIcon}>
        <Icon size={14} stroke={1.5} aria-label={humanise(kind)} />
      </span>
      <div className={classes.entryBody}>
        <Link
          to="/$plural/$id"
          params={{ plural: 'activities', id: row.id }}
          className={classes.entryTitle}
        >
          {String(row.subject)}
        </Link>
        <Text size="xs" className={classes.quiet ?? ''} component="div">
          <time dateTime={at} title={formatInstant(at)}>
            {formatWhen(at, Date.now())}
          </time>
          {' · '}
          {humanise(String(row.status ?? ''))}
          {row.outcome ? ` · ${row.outcome}` : ''}
          {typeof row.ownerId === 'string' ? (
            <>
              {' · '}
              <Reference target="user" id={row.ownerId} link={false} />
            </>
          ) : null}
        </Text>
        {row.description ? <p className={classes.entryText}>{String(row.description)}</p> : null}
      </div>
    </li>
  )
}

/** Everything that happened around a record, newest first, and the way to log more. */
export const Timeline = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const { t } = useTranslation('records')
  const [kind, setKind] = useState<string | null>(null)
  const [limit, setLimit] = useState(step)
  const field = timelineField(entity)
  const canEdit = useMayEdit(activity)
  const { rows, total } = useRecords(
    {
      entity: 'activity',
      where: [
        { field: field ?? 'contactId', operator: 'eq', value: row.id },
        ...(kind ? [{ field: 'activityType', operator: 'eq' as const, value: kind }] : []),
      ],
      sort: [{ field: 'dueDate', descending: true }],
      limit,
    },
    { enabled: field !== undefined },
  )
  if (field === undefined) return null
  return (
    <div className={classes.timeline}>
      {canEdit && row.deletedAt === null ? <QuickLog field={field} id={row.id} /> : null}
      <Select
        w={160}
        aria-label={t('filterKind')}
        placeholder={t('allKinds')}
        data={kinds.map((value) => ({ value, label: humanise(value) }))}
        value={kind}
        onChange={setKind}
        clearable
      />
      <ul className={classes.entries} aria-label={t('timeline')}>
        {rows.map((one) => (
          <Entry key={one.id} row={one} />
        ))}
      </ul>
      {total === 0 ? (
        <Text className={classes.quiet ?? ''} size="sm">
          {t('noActivity')}
        </Text>
      ) : null}
      {total > limit ? (
        <Button variant="subtle" onClick={() => setLimit(limit + step)}>
          {t('showMore')}
        </Button>
      ) : null}
    </div>
  )
}
