import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { IconCloudOff, IconDeviceLaptop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeviceOnWire, deviceListSchema } from '../../../shared/protocol/devices'
import { askServer } from '../../kernel/ask-server'
import { useNow } from '../../kernel/use-now'
import { useStore } from '../../kernel/use-store'
import type { LocalStore } from '../../local/api'
import { formatInstant, formatWhen } from '../../ui/format'
import { Pill } from '../../ui/Pill'
import classes from './settings.module.css'

const ask = async (store: LocalStore, path: string, method: string): Promise<unknown> => {
  const { response } = await askServer(store, `auth/devices${path}`, { method })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.status === 204 ? null : response.json()
}

const queryKey = ['devices']
const watchMs = 3000

const isWaiting = ({ revoked_at, told_at }: DeviceOnWire): boolean =>
  revoked_at !== null && told_at === null

const useDevices = () => {
  const store = useStore()
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey })
  const found = useQuery({
    queryKey,
    queryFn: async () => deviceListSchema.parse(await ask(store, '', 'GET')).items,
    // Whoever sends a device away watches for it to go.
    refetchInterval: ({ state }) => (state.data?.some(isWaiting) ? watchMs : false),
    retry: false,
    networkMode: 'always',
  })
  const revoke = useMutation({
    mutationFn: ({ id }: DeviceOnWire) => ask(store, `/${id}`, 'DELETE'),
    onSettled,
    networkMode: 'always',
  })
  const restore = useMutation({
    mutationFn: ({ id }: DeviceOnWire) => ask(store, `/${id}/restore`, 'POST'),
    onSettled,
    networkMode: 'always',
  })
  return { found, revoke, restore }
}

/** The machines that hold a copy; one that was lost is sent away and forgets everything. */
export const DeviceSettings = () => {
  const { t } = useTranslation('devices')
  const { found, revoke, restore } = useDevices()
  const [asked, setAsked] = useState<DeviceOnWire | null>(null)
  const isLost = found.isError || revoke.isError || restore.isError
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={640}>
        {t('text')}
      </Text>
      {isLost ? (
        <Alert icon={<IconCloudOff size={16} stroke={1.5} />} variant="light" role="alert" mb="sm">
          {t('offline')}
        </Alert>
      ) : null}
      <ul className={classes.devices} aria-label={t('title')}>
        {(found.data ?? []).map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            onRevoke={() => setAsked(device)}
            onRestore={() => restore.mutate(device)}
          />
        ))}
      </ul>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('confirmTitle', { name: asked?.name ?? t('unnamed') })}
      >
        <Text size="sm" mb="md">
          {t(asked?.is_current ? 'confirmCurrent' : 'confirmText')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setAsked(null)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            data-autofocus
            onClick={() => {
              if (asked) revoke.mutate(asked)
              setAsked(null)
            }}
          >
            {t('revoke')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

type RowProps = { device: DeviceOnWire; onRevoke: () => void; onRestore: () => void }

const DeviceRow = ({ device, onRevoke, onRestore }: RowProps) => {
  const now = useNow()
  const { t } = useTranslation('devices')
  const name = device.name ?? t('unnamed')
  const { last_seen_at: seen } = device
  return (
    <li className={classes.device}>
      <IconDeviceLaptop size={18} stroke={1.5} aria-hidden />
      <span className={classes.deviceName}>
        {name}
        {device.is_current ? <Pill color="green">{t('current')}</Pill> : null}
        {device.told_at ? <Pill color="gray">{t('told')}</Pill> : null}
        {isWaiting(device) ? <Pill color="orange">{t('waiting')}</Pill> : null}
      </span>
      <span className={classes.quiet}>{device.user.name}</span>
      <time className={classes.quiet} dateTime={seen} title={formatInstant(seen)}>
        {t('seen', { when: formatWhen(seen, now) })}
      </time>
      <span className={classes.deviceAction}>
        {device.revoked_at === null ? (
          <Button
            variant="default"
            size="xs"
            aria-label={t('revokeNamed', { name })}
            onClick={onRevoke}
          >
            {t('revoke')}
          </Button>
        ) : null}
        {isWaiting(device) ? (
          <Button
            variant="default"
            size="xs"
            aria-label={t('restoreNamed', { name })}
            onClick={onRestore}
          >
            {t('restore')}
          </Button>
        ) : null}
      </span>
    </li>
  )
}
