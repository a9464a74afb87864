import { Checkbox } from '@mantine/core'
import { IconFlag, IconRepeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { Reference } from '../../../kernel/fields/Reference'
import { useNow } from '../../../kernel/use-now'
import { kindIcon } from '../../../ui/activity-icon'
import { formatInstant, formatWhen, humanise } from '../../../ui/format'
import classes from './inbox.module.css'
import { PostponeMenu } from './PostponeMenu'
import type { SectionName } from './use-inbox'

const links = [
  ['opportunityId', 'opportunity'],
  ['leadId', 'lead'],
  ['accountId', 'account'],
  ['contactId', 'contact'],
] as const

/** What the activity is about: the most telling of the records it belongs to. */
const About = ({ row }: { row: AnyRow }) => {
  const found = links.find(([field]) => typeof row[field] === 'string')
  if (!found) return null
  const [field, target] = found
  return <Reference target={target} id={String(row[field])} />
}

type Props = {
  row: AnyRow
  section: SectionName
  isFocused: boolean
  isMenuOpen: boolean
  canEdit: boolean
  onFocus: () => void
  onMenu: (isOpen: boolean) => void
  onComplete: () => void
  onPostpone: (set: { [field: string]: string | null }) => void
}

const When = ({ row, section }: Pick<Props, 'row' | 'section'>) => {
  const now = useNow()
  const { t } = useTranslation('tasks')
  const isSnoozed = section === 'snoozed'
  const at = isSnoozed ? row.snoozedUntil : row.dueDate
  if (typeof at !== 'string') return <span className={classes.when} />
  const text = formatWhen(at, now)
  return (
    <time
      className={classes.when}
      dateTime={at}
      title={formatInstant(at)}
      data-late={section === 'overdue' || undefined}
    >
      {isSnoozed ? t('until', { when: text }) : text}
    </time>
  )
}

/** One thing to do. */
export const TaskRow = (props: Props) => {
  const { row, section, isFocused, isMenuOpen, canEdit, onComplete } = props
  const { t } = useTranslation('tasks')
  const item = useRef<HTMLLIElement>(null)
  const name = titleOf(activity, row)
  const Icon = kindIcon(row.activityType)
  const isUrgent = row.priority === 'high' || row.priority === 'urgent'
  useEffect(() => {
    if (isFocused) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isFocused])
  return (
    <li
      ref={item}
      className={classes.row}
      data-focused={isFocused || undefined}
      onFocus={props.onFocus}
    >
      <Checkbox
        checked={false}
        disabled={!canEdit}
        onChange={onComplete}
        aria-label={t('complete', { name })}
      />
      <Icon size={16} stroke={1.5} aria-label={humanise(String(row.activityType))} />
      <span className={classes.title}>
        <Link to="/$plural/$id" params={{ plural: 'activities', id: row.id }} title={name}>
          {name}
        </Link>
        {isUrgent ? (
          <IconFlag
            className={classes.flag}
            size={14}
            stroke={1.5}
            aria-label={humanise(String(row.priority))}
          />
        ) : null}
        {row.recurrence ? <IconRepeat size={14} stroke={1.5} aria-label={t('repeats')} /> : null}
      </span>
      <span className={classes.about}>
        <About row={row} />
      </span>
      <When row={row} section={section} />
      {canEdit ? (
        <PostponeMenu
          row={row}
          isOpen={isMenuOpen}
          onOpenChange={props.onMenu}
          onPostpone={props.onPostpone}
        />
      ) : (
        <span />
      )}
    </li>
  )
}
