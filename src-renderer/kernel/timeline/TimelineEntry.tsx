import { IconArrowsRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { kindIcon } from '../../ui/activity-icon'
import { formatInstant, formatWhen, humanise } from '../../ui/format'
import { EntityIcon } from '../../ui/icons'
import { Reference } from '../fields/Reference'
import { useNow } from '../use-now'
import classes from './timeline.module.css'
import type { TimelineItem } from './use-timeline'

const At = ({ at }: { at: string }) => {
  const now = useNow()
  return at === '' ? null : (
    <time dateTime={at} title={formatInstant(at)}>
      {formatWhen(at, now)}
    </time>
  )
}

const By = ({ id }: { id: unknown }) =>
  typeof id === 'string' ? <Reference target="user" id={id} link={false} /> : null

type EntryProps = {
  icon: ReactNode
  isOpen?: boolean
  /** What happened, when and by whom. */
  what: ReactNode
  meta: ReactNode
  text?: unknown
}

const Entry = ({ icon, isOpen, what, meta, text }: EntryProps) => (
  <li className={classes.entry} data-open={isOpen || undefined}>
    <span className={classes.entryIcon}>{icon}</span>
    <div className={classes.entryBody}>
      <div className={classes.what}>{what}</div>
      <div className={classes.meta}>{meta}</div>
      {text ? <p className={classes.entryText}>{String(text)}</p> : null}
    </div>
  </li>
)

const ActivityEntry = ({ row, at }: TimelineItem) => {
  const kind = String(row.activityType)
  const Icon = kindIcon(kind)
  return (
    <Entry
      icon={<Icon size={14} stroke={1.5} aria-label={humanise(kind)} />}
      isOpen={row.status === 'scheduled'}
      what={
        <Link
          to="/$plural/$id"
          params={{ plural: 'activities', id: row.id }}
          className={classes.entryTitle}
        >
          {String(row.subject)}
        </Link>
      }
      meta={
        <>
          <At at={at} />
          <span>{humanise(String(row.status ?? ''))}</span>
          {row.outcome ? <span>{String(row.outcome)}</span> : null}
          <By id={row.ownerId} />
        </>
      }
      text={row.description}
    />
  )
}

const StageEntry = ({ row, at }: TimelineItem) => {
  const { t } = useTranslation('records')
  const stage = (id: unknown) =>
    typeof id === 'string' ? <Reference target="stage" id={id} link={false} /> : null
  return (
    <Entry
      icon={<IconArrowsRight size={14} stroke={1.5} aria-label={t('timelineKind.stage')} />}
      what={
        <>
          {stage(row.fromStageId)}
          {row.fromStageId ? <span aria-hidden>→</span> : null}
          {stage(row.toStageId)}
        </>
      }
      meta={
        <>
          <At at={at} />
          <By id={row.userId} />
        </>
      }
    />
  )
}

const RecordEntry = ({ entity, row, at }: TimelineItem) => {
  const { t } = useTranslation('records')
  return (
    <Entry
      icon={<EntityIcon name={entity.icon} size={14} />}
      what={
        <>
          <span className={classes.quiet}>{t('timelineAdded', { entity: entity.label })}</span>
          <Link
            to="/$plural/$id"
            params={{ plural: entity.plural, id: row.id }}
            className={classes.entryTitle}
          >
            {titleOf(entity, row) || t('untitled')}
          </Link>
        </>
      }
      meta={
        <>
          <At at={at} />
          <By id={row.createdBy} />
        </>
      }
    />
  )
}

const entries = { activity: ActivityEntry, stage: StageEntry, record: RecordEntry } as const

/** One thing that happened. */
export const TimelineEntry = ({ item }: { item: TimelineItem }) => {
  const Component = entries[item.kind]
  return <Component {...item} />
}

/** The beginning of it all. */
export const CreatedEntry = ({ row }: { row: AnyRow }) => {
  const { t } = useTranslation('records')
  if (row.createdAt === null) return null
  return (
    <Entry
      icon={<EntityIcon name="timeline" size={14} />}
      what={<span>{t('timelineCreated')}</span>}
      meta={
        <>
          <At at={row.createdAt} />
          <By id={row.createdBy} />
        </>
      }
    />
  )
}
