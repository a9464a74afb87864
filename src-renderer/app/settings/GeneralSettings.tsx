import {
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile, textFile } from '../../kernel/save-file'
import { useSession, useStore, useSyncStatus } from '../../kernel/use-store'
import { formatBytes, humanise } from '../../ui/format'
import classes from '../app.module.css'
import { appVersion } from '../desktop'
import { CopySize } from './CopySize'

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.settingsSection}>
    <Title order={2} size="h3" mb="sm">
      {title}
    </Title>
    {children}
  </section>
)

const Appearance = () => {
  const { t } = useTranslation('app')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [compact, setCompact] = useLocalStorage({
    key: 'roadbook.compact',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  return (
    <Group gap="lg">
      <SegmentedControl
        aria-label={t('set.theme')}
        value={colorScheme}
        onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        data={[
          { value: 'light', label: t('set.light') },
          { value: 'dark', label: t('set.dark') },
          { value: 'auto', label: t('set.system') },
        ]}
      />
      <Switch
        label={t('set.compact')}
        checked={compact}
        onChange={(event) => setCompact(event.currentTarget.checked)}
      />
    </Group>
  )
}

const Data = () => {
  const { t } = useTranslation('app')
  const store = useStore()
  const [usage, setUsage] = useState<StorageEstimate>({})
  useEffect(() => void navigator.storage.estimate().then(setUsage), [])
  const save = async () =>
    saveFile(
      'roadbook-unsent-changes.json',
      textFile(await store.exportOutbox(), 'application/json'),
    )
  return (
    <Stack gap="sm" align="flex-start">
      {usage.usage !== undefined && usage.quota !== undefined ? (
        <Text size="sm">
          {t('set.usage', { used: formatBytes(usage.usage), quota: formatBytes(usage.quota) })}
        </Text>
      ) : null}
      <CopySize />
      <Group gap="xs">
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/import/$plural" params={{ plural: 'contacts' }} {...props} />
          )}
        >
          {t('set.import')}
        </Button>
        <Button variant="default" onClick={() => void save()}>
          {t('set.exportOutbox')}
        </Button>
      </Group>
    </Stack>
  )
}

const Account = () => {
  const { t } = useTranslation('app')
  const store = useStore()
  const session = useSession()
  const status = useSyncStatus()
  const [asking, ask] = useDisclosure(false)
  const unsent = status?.waiting ?? 0
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">
        {t('set.signedInAs', {
          name: session.userName,
          email: session.email,
          role: humanise(session.role),
          workspace: session.workspaceName,
        })}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => void store.signOut({ wipe: false })}>
          {t('set.keep')}
        </Button>
        <Button
          variant="default"
          color="red"
          onClick={() => (unsent > 0 ? ask.open() : void store.signOut({ wipe: true }))}
        >
          {t('set.wipe')}
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t('set.wipe')}
        closeButtonProps={{ 'aria-label': t('set.cancel') }}
      >
        <Text size="sm" mb="md">
          {t('set.unsent', { count: unsent })}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={ask.close}>
            {t('set.cancel')}
          </Button>
          <Button color="red" onClick={() => void store.signOut({ wipe: true })}>
            {t('set.wipeAnyway')}
          </Button>
        </Group>
      </Modal>
    </Stack>
  )
}

/** This laptop and the account on it. */
export const GeneralSettings = () => {
  const { t } = useTranslation('app')
  const [version, setVersion] = useState('')
  useEffect(() => void appVersion().then(setVersion), [])
  return (
    <>
      <Section title={t('set.appearance')}>
        <Appearance />
      </Section>
      <Section title={t('set.data')}>
        <Data />
      </Section>
      <Section title={t('set.account')}>
        <Account />
      </Section>
      <Section title={t('set.about')}>
        <Text size="sm">{t('set.version', { version })}</Text>
      </Section>
    </>
  )
}
