import { ActionIcon } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import { ValueChange } from '../../kernel/changes/ValueChange'
import { WhoWhen } from '../../kernel/changes/WhoWhen'
import { useRecord } from '../../kernel/use-records'
import { useStore } from '../../kernel/use-store'
import type { AwayReport } from '../../local/api'
import { RecordLink } from './RecordLink'
import classes from './sync.module.css'

type Change = AwayReport['changes'][number]

const What = ({
  entity,
  change,
  row,
}: {
  entity: AnyEntity
  change: Change
  row: AnyRow | null
}) => {
  const { t } = useTranslation('sync')
  const isNew = change.field === 'createdAt' || (change.field === 'ownerId' && !change.before)
  if (isNew) return <span className={classes.wide}>{t('away.isNew')}</span>
  if (change.field === 'deletedAt')
    return (
      <span className={classes.wide}>
        {change.after === null ? t('away.wasRestored') : t('away.wasDeleted')}
      </span>
    )
  return (
    <>
      <span className={classes.fieldName}>{fieldOf(entity, change.field)?.label}</span>
      <ValueChange
        entity={entity}
        field={change.field}
        before={change.before}
        after={change.after}
        row={row}
      />
    </>
  )
}

type Props = { entity: AnyEntity; changes: readonly [Change, ...Change[]] }

/** What colleagues changed on one record. */
export const ChangedRecord = ({ entity, changes }: Props) => {
  const { t } = useTranslation('sync')
  const store = useStore()
  const [{ recordId, title }] = changes
  const row = useRecord(entity.name, recordId) ?? null
  return (
    <li className={classes.changed}>
      <div className={classes.lostHead}>
        <RecordLink entity={entity} id={recordId} title={title} />
        <ActionIcon
          className={classes.seen ?? ''}
          aria-label={t('away.seenOf', { name: title || entity.label })}
          title={t('away.seen')}
          onClick={() => void store.dismissAway(changes.map(({ id }) => id))}
        >
          <IconCheck size={16} stroke={1.5} />
        </ActionIcon>
      </div>
      <ul className={classes.plain}>
        {changes.map((change) => (
          <li key={change.id} className={classes.changeLine}>
            <What entity={entity} change={change} row={row} />
            <WhoWhen by={change.by} at={change.at} />
          </li>
        ))}
      </ul>
    </li>
  )
}
