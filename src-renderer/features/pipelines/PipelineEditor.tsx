import { Group, Select, Stack, Switch, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  pipeline as pipelineEntity,
  pipelineKinds,
} from '../../../shared/features/pipelines/pipeline'
import type { AnyRow } from '../../../shared/kernel/entity'
import { DeleteButton } from '../../kernel/editing/DeleteButton'
import { DescriptionCell } from '../../kernel/editing/DescriptionCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { useEdit } from '../../kernel/editing/use-edit'
import { useStages } from '../../kernel/stages/use-pipelines'
import classes from './pipelines.module.css'
import { RoutingRules } from './RoutingRules'
import { StageList } from './StageList'
import { useDeleting } from './use-deleting'

type Props = { pipeline: AnyRow; canEdit: boolean }

/** One pipeline: what it is for, what goes into it, and its stages. */
export const PipelineEditor = ({ pipeline, canEdit }: Props) => {
  const { t } = useTranslation('pipelines')
  const edit = useEdit('pipeline')
  const stages = useStages(pipeline.id)
  const { remove, dialog } = useDeleting()
  const isDefault = pipeline.isDefault === true
  return (
    <Stack gap="md">
      <div className={classes.form}>
        <TextCell
          label={t('set.pipelineName')}
          value={String(pipeline.name)}
          isRequired
          disabled={!canEdit}
          onSave={(name) => edit(pipeline, { name })}
        />
        <Select
          aria-label={t('set.kind')}
          data={[
            { value: 'both', label: t('set.both') },
            ...pipelineKinds.map((value) => ({ value, label: t(`set.${value}`) })),
          ]}
          value={String(pipeline.kind ?? 'both')}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(kind) => edit(pipeline, { kind: kind === 'both' ? null : kind })}
        />
        <Switch
          label={t('set.default')}
          checked={isDefault}
          disabled={!canEdit || isDefault || pipeline.active === false}
          onChange={() => edit(pipeline, { isDefault: true })}
        />
        <Switch
          label={t('set.active')}
          checked={pipeline.active === true}
          disabled={!canEdit || isDefault}
          onChange={(event) => edit(pipeline, { active: event.currentTarget.checked })}
        />
      </div>
      {isDefault ? (
        <Text size="xs" c="var(--text-quiet)">
          {t('set.defaultText')}
        </Text>
      ) : null}
      <DescriptionCell
        entity={pipelineEntity}
        row={pipeline}
        placeholder={t('set.descriptionHint')}
        disabled={!canEdit}
      />
      <section>
        <Title order={3} size="h3" mb="xs">
          {t('set.stages')}
        </Title>
        {stages ? <StageList pipeline={pipeline} stages={stages} canEdit={canEdit} /> : null}
      </section>
      <RoutingRules key={pipeline.id} pipeline={pipeline} canEdit={canEdit} />
      {canEdit ? (
        <Group gap="sm">
          <DeleteButton
            label={t('set.deletePipeline')}
            disabled={isDefault}
            onDelete={() =>
              remove({
                kind: 'pipeline',
                row: pipeline,
                stageIds: (stages ?? []).map(({ id }) => id),
              })
            }
          />
          {isDefault ? (
            <Text size="xs" c="var(--text-quiet)">
              {t('set.keepsDefault')}
            </Text>
          ) : null}
        </Group>
      ) : null}
      {dialog}
    </Stack>
  )
}
