import { IconCloudDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatCount, formatShare } from '../../ui/format'
import classes from './copy.module.css'
import { useCopy, useServerSearch } from './use-copy'

/** What the figures of a screen leave out, where this laptop does not hold the whole workspace. */
export const CopyNote = () => {
  const { t } = useTranslation('sync')
  const { isWhole, share, latest } = useCopy()
  if (isWhole) return null
  return (
    <p className={classes.note} role="note">
      <IconCloudDownload size={14} stroke={1.5} aria-hidden />
      <span>
        {share < 1
          ? t('copy.filling', { share: formatShare(share) })
          : t('copy.partial', { latest: formatCount(latest ?? 0) })}{' '}
        {share < 1 ? null : (
          <Link to="/settings/$section" params={{ section: 'general' }}>
            {t('copy.change')}
          </Link>
        )}
      </span>
    </p>
  )
}

/** Whether the server's records are among what a search shows. */
export const SearchNote = ({ text, entity }: { text: string; entity?: string }) => {
  const { t } = useTranslation('sync')
  const state = useServerSearch(text, entity)
  if (state === 'whole') return null
  return (
    <p className={classes.note} role="status">
      {t(`copy.search.${state}`)}
    </p>
  )
}
