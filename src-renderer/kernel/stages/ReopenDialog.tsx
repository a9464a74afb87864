import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { RecordDialogProps } from '../feature-view'
import { useCommit, useRecords } from '../use-records'
import type { StagedView } from './staged-view'
import { useStages } from './use-pipelines'

type Props = RecordDialogProps & { view: StagedView }

/** Where the record stood before it was closed, if that stage is still an open one. */
const useStageBefore = (view: StagedView, id: string, open: readonly AnyRow[]) => {
  const { rows } = useRecords({
    entity: 'stageChange',
    where: [{ field: view.link, operator: 'eq', value: id }],
    sort: [{ field: 'at', descending: true }],
    limit: 10,
  })
  const from = rows.map(({ fromStageId }) => fromStageId)
  return from.find((stageId) => open.some((stage) => stage.id === stageId))
}

/** Takes a record that was won or lost back into an open stage. */
export const ReopenDialog = ({ entity, row, view, onClose }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const [chosen, choose] = useState<string | null>(null)
  const stages = useStages(typeof row.pipelineId === 'string' ? row.pipelineId : undefined)
  const open = (stages ?? []).filter(({ stageType }) => stageType === 'open')
  const before = useStageBefore(view, row.id, open)
  const target = chosen ?? (typeof before === 'string' ? before : open[0]?.id) ?? null
  const reopen = async () => {
    const set = { stageId: target }
    const label = t('reopened', { name: titleOf(entity, row) })
    const change = { entity: entity.name, id: row.id, set }
    if ((await commit([change], { label, toast: true })).ok) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reopenTitle', { name: titleOf(entity, row) })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack gap="sm">
        {stages && open.length === 0 ? <Text size="sm">{t('noOpenStage')}</Text> : null}
        <Select
          label={t('reopenIn')}
          data={open.map(({ id, name }) => ({ value: id, label: String(name) }))}
          value={target}
          allowDeselect={false}
          onChange={choose}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button data-autofocus disabled={target === null} onClick={() => void reopen()}>
            {t('reopen')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
