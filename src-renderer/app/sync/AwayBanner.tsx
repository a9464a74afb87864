import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSyncStatus } from '../../kernel/use-store'
import classes from './sync.module.css'

/** A quiet line after coming back: something happened meanwhile. Hidden, it stays so until there is more. */
export const AwayBanner = () => {
  const { t } = useTranslation('sync')
  const status = useSyncStatus()
  const { pathname } = useLocation()
  const [hidden, setHidden] = useState(0)
  const { news = 0, lost = 0 } = status ?? {}
  const total = news + lost
  // What has been put aside no longer counts as hidden.
  if (total < hidden) setHidden(total)
  if (total === 0 || total <= hidden || pathname === '/away') return null
  return (
    <div className={classes.banner} role="status">
      <span className={classes.bannerText}>
        {[
          lost > 0 ? t('away.bannerLost', { count: lost }) : '',
          news > 0 ? t('away.banner', { count: news }) : '',
        ]
          .filter((part) => part !== '')
          .join('. ')}
      </span>
      <Button
        variant="light"
        size="compact-xs"
        renderRoot={(props) => <Link to="/away" {...props} />}
      >
        {t('away.show')}
      </Button>
      <ActionIcon size={24} aria-label={t('away.hide')} onClick={() => setHidden(total)}>
        <IconX size={14} stroke={1.5} />
      </ActionIcon>
    </div>
  )
}
