import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { fieldOf } from '../../../shared/kernel/entity'
import { useNow } from '../../kernel/use-now'
import { usePending } from '../../kernel/use-records'
import type { PendingRecord } from '../../local/api'
import { formatInstant, formatWhen } from '../../ui/format'
import { RecordLink } from './RecordLink'
import classes from './sync.module.css'

const shown = 8

const Pending = ({ pending }: { pending: PendingRecord }) => {
  const now = useNow()
  const { t } = useTranslation('sync')
  const entity = entityNamed(pending.entity)
  if (!entity) return null
  const labels = pending.fields.flatMap((name) => fieldOf(entity, name)?.label ?? [])
  return (
    <li className={classes.pending}>
      <RecordLink entity={entity} id={pending.recordId} title={pending.title} />
      <span className={classes.pendingFields} title={labels.join(', ')}>
        {pending.isNew ? t('pill.isNew') : labels.join(', ')}
      </span>
      <time dateTime={pending.since} title={formatInstant(pending.since)}>
        {formatWhen(pending.since, now)}
      </time>
    </li>
  )
}

/** The edits that are on this laptop alone. Lives only while the pill is open: it is read anew with every edit. */
export const PendingList = () => {
  const { t } = useTranslation('sync')
  const pending = usePending()
  if (pending.length === 0) return null
  return (
    <div>
      <Text size="xs" c="var(--text-quiet)" mb={4}>
        {t('pill.waiting')}
      </Text>
      <ul className={classes.plain}>
        {pending.slice(0, shown).map((one) => (
          <Pending key={one.recordId} pending={one} />
        ))}
      </ul>
      {pending.length > shown ? (
        <Text size="xs" c="var(--text-quiet)">
          {t('pill.more', { count: pending.length - shown })}
        </Text>
      ) : null}
    </div>
  )
}
