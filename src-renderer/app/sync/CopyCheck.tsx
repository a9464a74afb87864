import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../kernel/use-now'
import { useStore } from '../../kernel/use-store'
import type { SyncStatus } from '../../local/api'
import { formatWhen } from '../../ui/format'

const useResult = ({ audit }: SyncStatus): string | null => {
  const now = useNow()
  const { t } = useTranslation('sync')
  if (!audit) return null
  const checked = audit.checked.toLocaleString()
  const when = formatWhen(audit.at, now)
  return audit.healed === 0
    ? t('pill.audited', { checked, when })
    : t('pill.auditedHealed', { checked, when, count: audit.healed })
}

/** What the latest comparison with the server came to, and another one on demand. */
export const CopyCheck = ({ status }: { status: SyncStatus }) => {
  const { t } = useTranslation('sync')
  const store = useStore()
  const result = useResult(status)
  const [asked, setAsked] = useState<{ before: string | undefined } | null>(null)
  const isLive = status.state === 'live'
  const isRunning = isLive && asked !== null && asked.before === status.audit?.at
  return (
    <>
      <Text size="xs" c="var(--text-quiet)" role="status">
        {isRunning ? t('pill.auditing') : result}
      </Text>
      {isLive ? (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            px={0}
            loading={isRunning}
            onClick={() => {
              setAsked({ before: status.audit?.at })
              void store.audit()
            }}
          >
            {t('pill.audit')}
          </Button>
        </Group>
      ) : null}
    </>
  )
}
