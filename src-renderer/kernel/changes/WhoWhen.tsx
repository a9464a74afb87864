import { useTranslation } from 'react-i18next'
import { formatInstant, formatWhen } from '../../ui/format'
import { Reference } from '../fields/Reference'
import { useNow } from '../use-now'
import classes from './changes.module.css'

/** Who did something and when; the exact time is the tooltip. */
export const WhoWhen = ({ by, at }: { by: string | null; at: string }) => {
  const now = useNow()
  const { t } = useTranslation('sync')
  return (
    <span className={classes.whoWhen}>
      {by === null ? (
        <span>{t('change.somebody')}</span>
      ) : (
        <Reference target="user" id={by} link={false} />
      )}
      <time dateTime={at} title={formatInstant(at)}>
        {formatWhen(at, now)}
      </time>
    </span>
  )
}
