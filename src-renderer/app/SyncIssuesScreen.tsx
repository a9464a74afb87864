import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../shared/features/index'
import { FieldInput } from '../kernel/fields/editors'
import { cleaned } from '../kernel/fields/FieldEditor'
import { PageHeader } from '../kernel/PageHeader'
import { showRefusal, useSyncIssues } from '../kernel/use-records'
import { useSession, useStore } from '../kernel/use-store'
import type { SyncIssue } from '../local/api'
import { EmptyState } from '../ui/EmptyState'
import { formatWhen } from '../ui/format'
import classes from './app.module.css'

const Issue = ({ issue }: { issue: SyncIssue }) => {
  const { t } = useTranslation('app')
  const store = useStore()
  const { currency } = useSession()
  const [values, setValues] = useState<{ [field: string]: unknown } | null>(null)
  const entity = entityNamed(issue.entity)
  const retry = async (given?: { [field: string]: unknown }) => {
    const result = await store.retryIssue(issue.id, given)
    if (!result.ok) showRefusal(result)
  }
  if (!entity) return null
  const clean = (given: { [field: string]: unknown }) =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        const field = entity.fields[name]
        return [name, field ? cleaned(field, value) : value]
      }),
    )
  return (
    <li className={classes.issue}>
      <Text fw={600} size="sm" component="div">
        <Link
          to="/$plural/$id"
          params={{ plural: entity.plural, id: issue.recordId }}
          className={classes.taskTitle}
        >
          {issue.title || entity.label}
        </Link>
      </Text>
      <Text size="sm" c="var(--warn)">
        {issue.refusal.detail}
      </Text>
      <Text size="xs" c="var(--text-quiet)">
        {t('issues.refusedAt', { when: formatWhen(issue.at, Date.now()) })}
      </Text>
      <Stack gap={4} my="xs">
        {Object.entries(values ?? issue.values).map(([name, value]) => {
          const field = entity.fields[name]
          if (!field) return null
          return (
            <Group key={name} gap="xs">
              <Text size="sm" w={140} c="var(--text-quiet)">
                {field.label}
              </Text>
              {values ? (
                <FieldInput
                  field={field}
                  value={value}
                  currency={currency}
                  onChange={(next) => setValues({ ...values, [name]: next })}
                />
              ) : (
                <Text size="sm">
                  {typeof value === 'object' ? JSON.stringify(value) : String(value)}
                </Text>
              )}
            </Group>
          )
        })}
      </Stack>
      <Group gap="xs">
        {values ? (
          <Button onClick={() => void retry(clean(values))}>{t('issues.send')}</Button>
        ) : (
          <>
            <Button variant="default" onClick={() => void retry()}>
              {t('issues.retry')}
            </Button>
            <Button variant="default" onClick={() => setValues(issue.values)}>
              {t('issues.edit')}
            </Button>
          </>
        )}
        <CopyButton value={JSON.stringify(issue.values, null, 2)}>
          {({ copied, copy }) => (
            <Button variant="subtle" onClick={copy}>
              {copied ? t('issues.copied') : t('issues.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="subtle" color="red" onClick={() => void store.discardIssue(issue.id)}>
          {t('issues.discard')}
        </Button>
      </Group>
    </li>
  )
}

/** Edits that the server refused: why, and what can be done. */
export const SyncIssuesScreen = () => {
  const { t } = useTranslation('app')
  const issues = useSyncIssues()
  return (
    <div className={classes.page}>
      <PageHeader title={t('issues.title')} />
      {issues.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={40} stroke={1.5} />}
          title={t('issues.empty')}
          text={t('issues.emptyText')}
        />
      ) : (
        <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {issues.map((issue) => (
            <Issue key={issue.id} issue={issue} />
          ))}
        </ul>
      )}
    </div>
  )
}
