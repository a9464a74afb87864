import { useTranslation } from 'react-i18next'
import type { RecordPartProps } from '../../kernel/feature-view'
import recordClasses from '../../kernel/record/record.module.css'
import classes from './leads.module.css'

type Reason = { rule: string; points: number }

const reasonsOf = (value: unknown): Reason[] =>
  (Array.isArray(value) ? value : []).map((item) => ({
    rule: String(item?.rule ?? ''),
    points: Number(item?.points ?? 0),
  }))

const signed = (points: number): string => (points > 0 ? `+${points}` : `${points}`)

/** The score of a lead and what it is made of. */
export const LeadScore = ({ row }: RecordPartProps) => {
  const { t } = useTranslation('pipelines')
  const reasons = reasonsOf(row.scoreExplanation)
  if (typeof row.score !== 'number') return null
  return (
    <section className={recordClasses.section}>
      <h2 className={recordClasses.sectionTitle}>{t('score.title')}</h2>
      <div className={classes.score}>
        <strong className={classes.points}>{row.score}</strong>
        <ul className={classes.reasons} aria-label={t('score.reasons')}>
          {reasons.map(({ rule, points }) => (
            <li key={rule} className={classes.reason} data-negative={points < 0 || undefined}>
              <span className={classes.reasonPoints}>{signed(points)}</span> {rule}
            </li>
          ))}
          {reasons.length === 0 ? <li className={classes.quiet}>{t('score.none')}</li> : null}
        </ul>
      </div>
    </section>
  )
}
