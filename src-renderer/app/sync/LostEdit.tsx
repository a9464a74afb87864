import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { FieldValue } from '../../kernel/changes/ValueChange'
import { WhoWhen } from '../../kernel/changes/WhoWhen'
import { showRefusal, showUndo, useRecord } from '../../kernel/use-records'
import { useSession, useStore } from '../../kernel/use-store'
import type { AwayReport } from '../../local/api'
import { RecordLink } from './RecordLink'
import classes from './sync.module.css'

type Props = { entity: AnyEntity; lost: AwayReport['lost'][number] }

/** One of my edits that a newer one replaced: both values, and the choice between them. */
export const LostEdit = ({ entity, lost }: Props) => {
  const { t } = useTranslation('sync')
  const store = useStore()
  const { userId } = useSession()
  const row = useRecord(entity.name, lost.recordId) ?? null
  const isDeletion = lost.field === 'deletedAt'
  const label = fieldOf(entity, lost.field)?.label ?? lost.field
  const reapply = async () => {
    const name = lost.title || entity.label
    const said = t('away.reapplied', { field: label, name })
    const result = await store.reapplyLost(lost.id, { label: said })
    if (!result.ok) showRefusal(result)
    else if (result.undoId !== null) showUndo(store, said, result.undoId)
  }
  return (
    <li className={classes.lost}>
      <div className={classes.lostHead}>
        <RecordLink entity={entity} id={lost.recordId} title={lost.title} />
        {isDeletion ? null : <span className={classes.fieldName}>{label}</span>}
      </div>
      {isDeletion ? (
        <p className={classes.sentence}>
          {t('away.deletedByOther')}. {t('away.yourEditKept')}.{' '}
          <WhoWhen by={lost.by} at={lost.theirsAt} />
        </p>
      ) : (
        <dl className={classes.versions}>
          <dt>{t('away.yours')}</dt>
          <dd>
            <FieldValue entity={entity} field={lost.field} value={lost.mine} row={row} />
          </dd>
          <dd>
            <WhoWhen by={userId} at={lost.at} />
          </dd>
          <dt>{t('away.theirs')}</dt>
          <dd>
            <FieldValue entity={entity} field={lost.field} value={lost.theirs} row={row} />
          </dd>
          <dd>
            <WhoWhen by={lost.by} at={lost.theirsAt} />
          </dd>
        </dl>
      )}
      <div className={classes.actions}>
        <Button variant="light" onClick={() => void reapply()}>
          {isDeletion ? t('away.restore') : t('away.reapply')}
        </Button>
        <Button variant="default" onClick={() => void store.dismissAway([lost.id])}>
          {t('away.keep')}
        </Button>
      </div>
    </li>
  )
}
