import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bySequence, serves } from '../../../shared/features/pipelines/choose'
import type { AnyRow } from '../../../shared/kernel/entity'
import { useRecords } from '../../kernel/use-records'
import type { Standing } from './use-standing'

type Props = {
  /** What is deleted: a stage, or a pipeline with its stages. */
  name: string
  standing: Standing
  /** Stages that go away and cannot be chosen. */
  leaving: readonly string[]
  /** The pipeline whose stages are offered first. */
  pipelineId: string
  onDelete: (toStageId: string) => Promise<boolean>
  onClose: () => void
}

/** Asks where records go whose stage is deleted. */
export const RelocateDialog = (props: Props) => {
  const { name, standing, leaving, pipelineId, onDelete, onClose } = props
  const { t } = useTranslation('pipelines')
  const pipelines = useRecords({ entity: 'pipeline' }).rows
  const stages = useRecords({ entity: 'stage' }).rows
  const [chosen, choose] = useState<string | null>(null)
  const takesAll = (pipeline: AnyRow): boolean =>
    (standing.leads === 0 || serves(pipeline, 'lead')) &&
    (standing.opportunities === 0 || serves(pipeline, 'opportunity'))
  const groups = pipelines
    .filter(takesAll)
    .sort((a, b) => Number(b.id === pipelineId) - Number(a.id === pipelineId))
    .map((pipeline) => ({
      group: String(pipeline.name),
      items: stages
        .filter((stage) => stage.pipelineId === pipeline.id && !leaving.includes(stage.id))
        .sort(bySequence)
        .map((stage) => ({ value: stage.id, label: String(stage.name) })),
    }))
    .filter(({ items }) => items.length > 0)
  const target = chosen ?? groups[0]?.items[0]?.value ?? null
  const records = (['leads', 'opportunities'] as const)
    .filter((kind) => standing[kind] > 0)
    .map((kind) => t(`set.${kind}`, { count: standing[kind] }))
    .join(t('set.and'))
  const submit = async () => {
    if (target !== null && (await onDelete(target))) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('set.relocateTitle', { name })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('set.standing', { records, name })}</Text>
        {groups.length === 0 ? (
          <Text size="sm" c="var(--bad)" role="alert">
            {t('set.nowhere')}
          </Text>
        ) : (
          <Select
            label={t('set.relocateTo')}
            data={groups}
            value={target}
            allowDeselect={false}
            searchable={stages.length > 12}
            onChange={choose}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="red.9" disabled={target === null} onClick={() => void submit()}>
            {t('set.moveAndDelete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
