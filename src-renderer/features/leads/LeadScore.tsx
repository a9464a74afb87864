import { useTranslation } from 'react-i18next'
import { type Score, scoreLead } from '../../../shared/features/scoring/score'
import type { ScoringRule } from '../../../shared/features/scoring/scoring-rule'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { RecordPartProps } from '../../kernel/feature-view'
import recordClasses from '../../kernel/record/record.module.css'
import { useNow } from '../../kernel/use-now'
import { useRecords } from '../../kernel/use-records'
import classes from './leads.module.css'

const storedScore = ({ score, scoreExplanation }: AnyRow): Score | null =>
  typeof score === 'number'
    ? {
        score,
        reasons: (Array.isArray(scoreExplanation) ? scoreExplanation : []).map((item) => ({
          rule: String(item?.rule ?? ''),
          points: Number(item?.points ?? 0),
        })),
      }
    : null

const isActive = [{ field: 'active', operator: 'eq' as const, value: true }]

/**
 * The score as of now, by the rules and activities on this machine: offline it follows at once,
 * online the server says the same a moment later. Closed leads keep the one they had.
 */
const useScore = (row: AnyRow): Score | null => {
  const now = useNow()
  const rules = useRecords({ entity: 'scoringRule', where: [...isActive], limit: 500 })
  const where = [{ field: 'leadId', operator: 'eq' as const, value: row.id }]
  const activities = useRecords({ entity: 'activity', where, limit: 500 })
  const isClosed = row.convertedAt !== null || row.status === 'lost'
  if (isClosed || rules.rows.length === 0 || activities.isLoading) return storedScore(row)
  // Rows of an entity have its shape.
  const known = rules.rows as ScoringRule[]
  return scoreLead(row, known, { activities: activities.rows, now })
}

const signed = (points: number): string => (points > 0 ? `+${points}` : `${points}`)

/** The score of a lead and what it is made of. */
export const LeadScore = ({ row }: RecordPartProps) => {
  const { t } = useTranslation('pipelines')
  const found = useScore(row)
  if (!found) return null
  const { score, reasons } = found
  return (
    <section className={recordClasses.section}>
      <h2 className={recordClasses.sectionTitle}>{t('score.title')}</h2>
      <div className={classes.score}>
        <strong className={classes.points}>{score}</strong>
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
