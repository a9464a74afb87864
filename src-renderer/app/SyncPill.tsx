import { Button, Popover, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useSession, useStore, useSyncStatus } from '../kernel/use-store'
import type { SyncStatus } from '../local/api'
import { formatWhen } from '../ui/format'
import classes from './app.module.css'
import { describeStatus } from './describe-status'

const explanation = (status: SyncStatus, t: TFunction<'app'>): string => {
  if (status.state === 'blocked') return status.reason.detail
  if (status.state === 'offline')
    return `${t('sync.since', { when: formatWhen(status.since, Date.now()) })}. ${t('sync.safe')}`
  return status.state === 'live' && status.waiting === 0 && status.problems === 0
    ? t('sync.allSafe')
    : t('sync.safe')
}

/** Where the truth is, always in sight. */
export const SyncPill = () => {
  const { t } = useTranslation('app')
  const store = useStore()
  const status = useSyncStatus()
  const { serverUrl } = useSession()
  if (!status) return null
  const { tone, text } = describeStatus(status, t)
  return (
    <Popover position="bottom-end" shadow="md" width={300} withinPortal>
      <Popover.Target>
        <button type="button" className={classes.pill} data-sync={status.state}>
          <span className={classes.dot} data-state={tone} aria-hidden />
          <span role="status">{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {text}
          </Text>
          <Text size="sm">{explanation(status, t)}</Text>
          <Text size="xs" c="var(--text-quiet)">
            {t('sync.server')}: {serverUrl}
          </Text>
          {status.problems > 0 ? (
            <Button variant="light" renderRoot={(props) => <Link to="/sync-issues" {...props} />}>
              {t('sync.open')}
            </Button>
          ) : null}
          {status.state === 'live' ? null : (
            <Button variant="default" onClick={() => void store.syncNow()}>
              {t('sync.retry')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
