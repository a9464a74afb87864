import { Button, Modal, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { stage as stageEntity } from '../../../shared/features/pipelines/pipeline'
import { titleOf } from '../../../shared/kernel/entity'
import { newRow, type Values } from '../../../shared/kernel/rules'
import type { RecordDialogProps } from '../feature-view'
import { useCommit } from '../use-records'
import { MoveDialog } from './MoveDialog'
import { useStages } from './use-pipelines'

type Props = RecordDialogProps & { outcome: 'won' | 'lost' }

/** Marks a record won or lost: asks for amount and day or for the reason, and moves it. */
export const CloseDialog = ({ entity, row, outcome, onClose }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const stages = useStages(typeof row.pipelineId === 'string' ? row.pipelineId : undefined)
  if (!stages) return null
  // A lead can be lost where its pipeline has no stage for that: then its status alone says so.
  const byStatus = outcome === 'lost' && 'status' in entity.fields
  const stage =
    stages.find(({ stageType }) => stageType === outcome) ??
    (byStatus ? newRow(stageEntity, '', { stageType: 'lost', name: t('lost') }) : undefined)
  if (!stage)
    return (
      <Modal
        opened
        onClose={onClose}
        title={t(outcome === 'won' ? 'markWon' : 'markLost')}
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        <Text size="sm" mb="md">
          {t(outcome === 'won' ? 'noWonStage' : 'noLostStage')}
        </Text>
        <Button
          renderRoot={(props) => (
            <Link to="/settings/$section" params={{ section: 'pipelines' }} {...props} />
          )}
        >
          {t('openSettings')}
        </Button>
      </Modal>
    )
  const write = async ({ stageId, ...values }: Values): Promise<boolean> => {
    const set = stageId === '' ? { status: 'lost', ...values } : { stageId, ...values }
    const label = t(outcome === 'won' ? 'markedWon' : 'markedLost', { name: titleOf(entity, row) })
    return (await commit([{ entity: entity.name, id: row.id, set }], { label, toast: true })).ok
  }
  return <MoveDialog entity={entity} row={row} stage={stage} onMove={write} onClose={onClose} />
}
