import { IconAlertTriangle, IconCalendarEvent, IconClock, IconFlag } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { daysInStage, isRotting } from '../../../shared/features/pipelines/age'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { formatWhen, humanise } from '../../ui/format'
import { Initials } from '../../ui/Initials'
import { Pill } from '../../ui/Pill'
import type { StagedView } from '../stages/staged-view'
import { useNow } from '../use-now'
import classes from './board.module.css'
import { formatAmount } from './format-amount'

/** What a card says beyond its own record. */
export type CardContext = { company: string; owner: string; next: AnyRow | undefined }

type Props = CardContext & {
  view: StagedView
  row: AnyRow
  stage: AnyRow | undefined
  currency: string
  tags: ReadonlyMap<string, AnyRow>
}

/** The height of a card that has tags, and of one that has none. */
export const cardHeight = { tagged: 126, plain: 102 } as const

export const isTagged = (row: AnyRow | undefined): boolean =>
  Array.isArray(row?.tags) && row.tags.length > 0

const tagsOf = (row: AnyRow, tags: ReadonlyMap<string, AnyRow>): AnyRow[] =>
  (Array.isArray(row.tags) ? row.tags : [])
    .flatMap((id) => tags.get(String(id)) ?? [])
    .sort((a, b) => String(a.name).localeCompare(String(b.name)))

const Age = ({ row, stage }: Pick<Props, 'row' | 'stage'>) => {
  const now = new Date(useNow()).toISOString()
  const { t } = useTranslation('pipelines')
  const days = daysInStage(row, now)
  if (days === null) return null
  const rotten = isRotting(row, stage, now)
  const Icon = rotten ? IconAlertTriangle : IconClock
  return (
    <span
      className={classes.age}
      data-rotten={rotten || undefined}
      title={
        rotten
          ? t('rotten', { count: days, limit: Number(stage?.rottingDays) })
          : t('inStage', { count: days })
      }
    >
      <Icon size={13} stroke={1.5} aria-hidden />
      {t('daysShort', { count: days })}
    </span>
  )
}

const NextStep = ({ view, row, next }: Pick<Props, 'view' | 'row' | 'next'>) => {
  const now = useNow()
  const { t } = useTranslation('pipelines')
  const step = view.nextStep ? row[view.nextStep] : undefined
  if (next)
    return (
      <span className={classes.next} title={String(next.subject)}>
        <IconCalendarEvent size={13} stroke={1.5} aria-hidden />
        <span className={classes.ellipsis}>
          {typeof next.dueDate === 'string' ? `${formatWhen(next.dueDate, now)}: ` : ''}
          {String(next.subject)}
        </span>
      </span>
    )
  if (typeof step === 'string' && step !== '')
    return (
      <span className={classes.next} title={step}>
        <span className={classes.ellipsis}>{step}</span>
      </span>
    )
  return <span className={classes.next}>{t('noNextStep')}</span>
}

/** What a card shows; the ghost that follows the pointer shows the same. */
export const CardFace = memo((props: Props) => {
  const { view, row, stage, currency, tags, company, owner, next } = props
  const { t } = useTranslation('pipelines')
  const amount = row[view.amount]
  const code = typeof row.currency === 'string' ? row.currency : currency
  const isUrgent = row.priority === 'high' || row.priority === 'urgent'
  return (
    <>
      <span className={classes.cardHead}>
        <span className={classes.cardName} dir="auto" title={titleOf(view.entity, row)}>
          {titleOf(view.entity, row) || t('untitled')}
        </span>
        {owner ? (
          <span title={owner}>
            <Initials name={owner} size={20} />
            <span className="visually-hidden">{owner}</span>
          </span>
        ) : null}
      </span>
      <span className={classes.company} dir="auto">
        {company || t('noCompany')}
      </span>
      <span className={classes.figures}>
        <span className={classes.amount}>
          {typeof amount === 'number' ? formatAmount(amount, code) : t('noAmount')}
        </span>
        {typeof row.probability === 'number' ? <span>{row.probability} %</span> : null}
        {isUrgent ? (
          <span className={classes.flag} data-priority={row.priority}>
            <IconFlag size={13} stroke={1.5} aria-hidden />
            {humanise(String(row.priority))}
          </span>
        ) : null}
        <Age row={row} stage={stage} />
      </span>
      <NextStep view={view} row={row} next={next} />
      {isTagged(row) ? (
        <span className={classes.tags}>
          {tagsOf(row, tags).map((tag) => (
            <Pill key={tag.id} color={String(tag.color ?? 'gray')}>
              {String(tag.name)}
            </Pill>
          ))}
        </span>
      ) : null}
    </>
  )
})
