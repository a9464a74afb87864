import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { file as fileEntity } from '../../../shared/features/files/file'
import { entityNamed } from '../../../shared/features/index'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { useNow } from '../../kernel/use-now'
import { showRefusal, useRecord } from '../../kernel/use-records'
import { useStore } from '../../kernel/use-store'
import type { SyncIssue } from '../../local/api'
import { formatWhen } from '../../ui/format'
import { RecordLink } from './RecordLink'
import classes from './sync.module.css'

/** The record that a file lies on: there it is opened, renamed and removed. */
const placeOf = (row: AnyRow | null | undefined) => {
  for (const [name, field] of Object.entries(fileEntity.fields)) {
    const id = row?.[name]
    const entity = field.target === 'user' ? undefined : entityNamed(field.target ?? '')
    if (entity && typeof id === 'string') return { entity, id }
  }
  return undefined
}

const Place = ({ entity, id }: { entity: AnyEntity; id: string }) => {
  const row = useRecord(entity.name, id)
  return row ? <RecordLink entity={entity} id={id} title={titleOf(entity, row)} /> : null
}

/** A file whose content the server did not take: why, and what can be done. */
export const RefusedContent = ({ issue }: { issue: SyncIssue }) => {
  const now = useNow()
  const { t } = useTranslation('app')
  const store = useStore()
  const place = placeOf(useRecord(fileEntity.name, issue.recordId))
  const retry = async () => {
    const result = await store.retryIssue(issue.id)
    if (!result.ok) showRefusal(result)
  }
  return (
    <li className={classes.lost}>
      <div className={classes.lostHead}>
        <span className={classes.content} title={issue.title}>
          {issue.title}
        </span>
        {place ? <Place {...place} /> : null}
        <Text size="xs" c="var(--text-quiet)">
          {t('issues.refusedAt', { when: formatWhen(issue.at, now) })}
        </Text>
      </div>
      <p className={classes.why}>{issue.refusal.detail}</p>
      <div className={classes.actions}>
        <Button variant="default" onClick={() => void retry()}>
          {t('issues.retry')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => void store.discardIssue(issue.id)}>
          {t('issues.discardContent')}
        </Button>
      </div>
    </li>
  )
}
