import { useTranslation } from 'react-i18next'
import { formatCount } from '../../../ui/format'
import classes from './inbox.module.css'
import { useDueCount } from './use-inbox'

/** How many things are due, beside the place where they stand. */
export const DueBadge = () => {
  const { t } = useTranslation('tasks')
  const count = useDueCount()
  if (count <= 0) return null
  return (
    // The name of the place stays the same for whoever hears it, and for voice control.
    <span className={classes.badge} aria-hidden title={t('dueCount', { count })}>
      {formatCount(count)}
    </span>
  )
}
