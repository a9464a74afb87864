import { Button, CopyButton, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState'

/** What went wrong, what is safe, what to do next. */
export const ErrorState = ({ error }: { error: unknown }) => {
  const { t } = useTranslation('app')
  const message = error instanceof Error ? error.message : String(error)
  const details = error instanceof Error ? (error.stack ?? message) : message
  return (
    <EmptyState
      icon={<IconAlertTriangle size={40} stroke={1.5} />}
      title={t('error.title')}
      text={`${message} ${t('error.safe')}`}
    >
      <Group gap="xs">
        <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
        <CopyButton value={details}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('error.copied') : t('error.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </EmptyState>
  )
}
