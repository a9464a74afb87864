import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useFeatureView } from '../feature-view'
import { KeyFields } from './KeyFields'
import { RecordHeader } from './RecordHeader'
import { RelatedLists } from './RelatedLists'
import classes from './record.module.css'

type Props = { entity: AnyEntity; row: AnyRow; onClose: () => void }

/** A record beside the list that it was picked from. */
export const RecordPreview = ({ entity, row, onClose }: Props) => {
  const { t } = useTranslation('records')
  const { Banner } = useFeatureView(entity.name)
  return (
    <div className={classes.preview}>
      <ActionIcon
        className={classes.previewClose ?? ''}
        aria-label={t('closePreview')}
        onClick={onClose}
      >
        <IconX size={16} />
      </ActionIcon>
      <RecordHeader key={row.id} entity={entity} row={row} />
      {Banner ? <Banner entity={entity} row={row} /> : null}
      <KeyFields entity={entity} row={row} />
      <RelatedLists entity={entity} row={row} />
    </div>
  )
}
