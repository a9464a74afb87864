import { Button, Group, Popover, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile, textFile } from '../kernel/save-file'
import { useNow } from '../kernel/use-now'
import { useSession, useStore, useSyncStatus } from '../kernel/use-store'
import type { SyncStatus } from '../local/api'
import { formatSpan, formatWhen } from '../ui/format'
import classes from './app.module.css'
import { describeStatus } from './describe-status'
import { CopyCheck } from './sync/CopyCheck'
import { PendingList } from './sync/PendingList'

const explanation = (status: SyncStatus, t: TFunction<'app'>, now: number): string => {
  if (status.state === 'blocked') return status.reason.detail
  if (status.state === 'offline')
    return `${t('sync.since', { when: formatWhen(status.since, now) })}. ${t('sync.safe')}`
  if (status.state === 'live' && status.clockOffMs !== undefined)
    return t(status.clockOffMs > 0 ? 'sync.clockAhead' : 'sync.clockBehind', {
      span: formatSpan(Math.abs(status.clockOffMs)),
    })
  return status.state === 'live' && status.waiting === 0 && status.problems === 0
    ? t('sync.allSafe')
    : t('sync.safe')
}

const Entry = ({ to, label, count }: { to: string; label: string; count: number }) =>
  count === 0 ? null : (
    <Button
      variant="light"
      justify="space-between"
      rightSection={count}
      renderRoot={(props) => <Link to={to} {...props} />}
    >
      {label}
    </Button>
  )

const Details = ({ status, onLeave }: { status: SyncStatus; onLeave: () => void }) => {
  const { t } = useTranslation(['app', 'sync'])
  const store = useStore()
  const now = useNow()
  const { serverUrl } = useSession()
  const isLost = status.state === 'blocked' && status.reason.code === 'storage.lost'
  const saveOutbox = async () =>
    saveFile(
      'roadbook-unsent-changes.json',
      textFile(await store.exportOutbox(), 'application/json'),
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes the popover when a link inside it is followed
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <div
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) onLeave()
      }}
    >
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {describeStatus(status, t).text}
        </Text>
        <Text size="sm">{explanation(status, t, now)}</Text>
        <Entry to="/sync-issues" label={t('sync:pill.issues')} count={status.problems} />
        <Entry to="/away" label={t('sync:pill.away')} count={status.lost + status.news} />
        <PendingList />
        <Group gap="xs">
          {isLost ? (
            <Button variant="default" onClick={() => location.reload()}>
              {t('sync:pill.restart')}
            </Button>
          ) : (
            <Button variant="default" onClick={() => void store.syncNow()}>
              {t('sync:pill.now')}
            </Button>
          )}
          {status.waiting + status.problems > 0 ? (
            <Button variant="subtle" onClick={() => void saveOutbox()}>
              {t('sync:pill.export')}
            </Button>
          ) : null}
        </Group>
        <CopyCheck key={status.state} status={status} />
        <Text size="xs" c="var(--text-quiet)">
          {t('sync.server')}: {serverUrl}
        </Text>
      </Stack>
    </div>
  )
}

/** Where the truth is, always in sight; opened, it lists what is on this laptop alone. */
export const SyncPill = () => {
  const { t } = useTranslation('app')
  const status = useSyncStatus()
  const [opened, setOpened] = useState(false)
  if (!status) return null
  const { tone, text } = describeStatus(status, t)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      width={380}
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.pill}
          data-sync={status.state}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.dot} data-state={tone} aria-hidden />
          <span role="status">{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Details status={status} onLeave={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
