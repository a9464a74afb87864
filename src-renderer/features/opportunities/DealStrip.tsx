import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { formatMoney } from '../../../shared/kernel/money'
import { useMayEdit } from '../../kernel/record/KeyFields'
import { today } from '../../kernel/stages/today'
import { useNow } from '../../kernel/use-now'
import { useCommit, useRecord } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { formatDay, humanise, locale } from '../../ui/format'
import classes from './opportunities.module.css'

type Props = { entity: AnyEntity; row: AnyRow }

const dayMs = 24 * 3600_000

/** Days from today to a day; negative once it has passed. */
const daysUntil = (day: string, now: number): number =>
  Math.round((Date.parse(day) - Date.parse(today(new Date(now)))) / dayMs)

const Figure = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className={classes.figure}>
    <dt className={classes.label}>{label}</dt>
    <dd className={classes.value}>{children}</dd>
  </div>
)

const Probability = ({ entity, row }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const canEdit = useMayEdit(entity, row)
  const stage = useRecord('stage', String(row.stageId))
  const own = row.probability
  const usual = stage?.probability
  if (typeof own !== 'number') return <>–</>
  if (typeof usual !== 'number' || own === usual)
    return (
      <>
        {own} % <span className={classes.quiet}>{t('fromStage')}</span>
      </>
    )
  const reset = () =>
    void commit([{ entity: entity.name, id: row.id, set: { probability: usual } }], {
      label: t('probabilityReset'),
      toast: true,
    })
  return (
    <>
      {own} % <span className={classes.quiet}>{t('stageSays', { percent: usual })}</span>
      {canEdit ? (
        <Button variant="subtle" size="compact-xs" onClick={reset}>
          {t('useStage')}
        </Button>
      ) : null}
    </>
  )
}

const Close = ({ row }: { row: AnyRow }) => {
  const { t } = useTranslation('pipelines')
  const now = useNow()
  if (typeof row.closeDate !== 'string') return <span className={classes.quiet}>{t('noDate')}</span>
  const days = daysUntil(row.closeDate, now)
  const isClosed = row.wonAt !== null || row.lostAt !== null
  const isLate = days < 0 && !isClosed
  return (
    <span data-late={isLate || undefined} className={classes.close}>
      {formatDay(row.closeDate)}{' '}
      {isClosed ? null : (
        <span className={classes.distance}>
          {isLate ? t('late', { count: -days }) : t('daysAhead', { count: days })}
        </span>
      )}
    </span>
  )
}

const NextStep = ({ entity, row }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const held = typeof row.nextStep === 'string' ? row.nextStep : ''
  const [text, setText] = useState(held)
  useEffect(() => setText(held), [held])
  const save = () => {
    const clean = text.trim()
    if (clean === held) return
    void commit([{ entity: entity.name, id: row.id, set: { nextStep: clean || null } }], {
      label: t('nextStepSaved'),
    })
  }
  return (
    <TextInput
      className={classes.nextInput ?? ''}
      variant="unstyled"
      aria-label={t('quickNext')}
      placeholder={t('quickNextHint')}
      maxLength={500}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setText(held)
      }}
    />
  )
}

/** What a salesperson asks an opportunity first: what it is worth, when, how likely, what comes next. */
export const DealStrip = ({ entity, row }: Props) => {
  const { t } = useTranslation('pipelines')
  const { currency } = useSession()
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
  const code = typeof row.currency === 'string' ? row.currency : currency
  const amount = typeof row.amount === 'number' ? row.amount : null
  const weighted = Math.round(((amount ?? 0) * Number(row.probability ?? 0)) / 100)
  return (
    <dl className={classes.strip}>
      <Figure label={t('weightedAmount')}>
        {amount === null ? '–' : formatMoney(weighted, code, locale())}
      </Figure>
      <Figure label={t('likelihood')}>
        <Probability entity={entity} row={row} />
      </Figure>
      <Figure label={t('closes')}>
        <Close row={row} />
      </Figure>
      <Figure label={t('forecastAs')}>
        {row.forecastCategory ? humanise(String(row.forecastCategory)) : '–'}
      </Figure>
      <div className={classes.figure} data-wide>
        <dt className={classes.label}>{t('next')}</dt>
        <dd className={classes.value}>
          {canEdit ? <NextStep entity={entity} row={row} /> : String(row.nextStep ?? '–')}
        </dd>
      </div>
    </dl>
  )
}
