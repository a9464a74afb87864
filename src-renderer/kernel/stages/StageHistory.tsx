import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'
import { formatInstant, formatWhen } from '../../ui/format'
import { Reference } from '../fields/Reference'
import recordClasses from '../record/record.module.css'
import { useNow } from '../use-now'
import { useRecords } from '../use-records'
import type { StagedView } from './staged-view'
import classes from './stages.module.css'

const daySeconds = 24 * 3600

/** Every move of a record from stage to stage, newest first. */
export const StageHistory = ({ view, row }: { view: StagedView; row: AnyRow }) => {
  const now = useNow()
  const { t } = useTranslation('pipelines')
  const { rows } = useRecords({
    entity: 'stageChange',
    where: [{ field: view.link, operator: 'eq', value: row.id }],
    sort: [{ field: 'at', descending: true }],
    limit: 50,
  })
  if (rows.length < 2) return null
  const spent = (seconds: number): string =>
    seconds < daySeconds
      ? t('spentHours', { count: Math.max(1, Math.round(seconds / 3600)) })
      : t('spentDays', { count: Math.round(seconds / daySeconds) })
  return (
    <section className={recordClasses.section}>
      <h2 className={recordClasses.sectionTitle}>{t('history')}</h2>
      <ol className={classes.history}>
        {rows.map((change) => (
          <li key={change.id} className={classes.change}>
            <span className={classes.moves}>
              {typeof change.fromStageId === 'string' ? (
                <>
                  <Reference target="stage" id={change.fromStageId} link={false} />
                  <span aria-hidden>→</span>
                </>
              ) : null}
              {typeof change.toStageId === 'string' ? (
                <Reference target="stage" id={change.toStageId} link={false} />
              ) : null}
            </span>
            {typeof change.secondsBefore === 'number' ? (
              <span className={classes.quiet}>{spent(change.secondsBefore)}</span>
            ) : null}
            <span className={classes.who}>
              {typeof change.userId === 'string' ? (
                <Reference target="user" id={change.userId} link={false} />
              ) : null}
              {typeof change.at === 'string' ? (
                <time dateTime={change.at} title={formatInstant(change.at)}>
                  {formatWhen(change.at, now)}
                </time>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
