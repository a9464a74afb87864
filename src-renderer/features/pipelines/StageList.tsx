import {
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { Alert, Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { lead } from '../../../shared/features/leads/lead'
import { opportunity } from '../../../shared/features/opportunities/opportunity'
import { serves } from '../../../shared/features/pipelines/choose'
import { moveStageTo, placeOfNew } from '../../../shared/features/pipelines/order'
import { stage as stageEntity } from '../../../shared/features/pipelines/pipeline'
import { type AnyEntity, type AnyRow, shownFields } from '../../../shared/kernel/entity'
import { isReadOnly } from '../../../shared/kernel/field'
import { newId } from '../../../shared/kernel/ids'
import { newRow } from '../../../shared/kernel/rules'
import { useCommit } from '../../kernel/use-records'
import classes from './pipelines.module.css'
import { StageRow } from './StageRow'
import { useDeleting } from './use-deleting'
import { useOrderAnnouncements } from './use-order-announcements'
import { useStanding } from './use-standing'
import { useUsualStages } from './use-usual-stages'

type Props = { pipeline: AnyRow; stages: readonly AnyRow[]; canEdit: boolean }

const heads = ['name', 'color', 'probability', 'type', 'rots', 'records'] as const

const unasked = new Set(['pipelineId', 'stageId', 'richText', 'flag'])

/** Fields that a stage of the pipeline can require, by name. */
const requirable = (pipeline: AnyRow): { value: string; label: string }[] => {
  const kinds: AnyEntity[] = [lead, opportunity].filter(({ name }) => serves(pipeline, name))
  const fields = kinds.flatMap((entity) =>
    shownFields(entity)
      .filter(([name, field]) => {
        const isAsked = !unasked.has(name) && !unasked.has(field.kind)
        return isAsked && !isReadOnly(field) && !field.required
      })
      .map(([value, { label }]) => ({ value, label })),
  )
  return fields.filter(
    ({ value }, index) => fields.findIndex((one) => one.value === value) === index,
  )
}

const Missing = ({ stages }: { stages: readonly AnyRow[] }) => {
  const { t } = useTranslation('pipelines')
  const missing = ['open', 'won', 'lost'].filter(
    (type) => !stages.some(({ stageType }) => stageType === type),
  )
  return (
    <>
      {missing.map((type) => (
        <Alert key={type} color="yellow" variant="light" mb="xs" role="note">
          {t(`set.missing.${type}`)}
        </Alert>
      ))}
    </>
  )
}

/** The stages of a pipeline, in the order in which records go through them. */
export const StageList = ({ pipeline, stages, canEdit }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const standing = useStanding()
  const usualStages = useUsualStages()
  const { remove, dialog } = useDeleting()
  const accessibility = useOrderAnnouncements(stages)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const drop = ({ active, over }: DragEndEvent) => {
    const place = stages.findIndex(({ id }) => id === over?.id)
    if (place < 0) return
    const changes = moveStageTo(stages, String(active.id), place)
    if (changes.length > 0) void commit(changes, { label: t('set.reordered'), toast: true })
  }
  const add = () => {
    const id = newId()
    const set = { name: t('set.newStage'), pipelineId: pipeline.id, stageType: 'open' }
    const place = placeOfNew(stages)
    const last = stages[place - 1]
    const color = last?.color ?? 'gray'
    const probability = last?.probability ?? 0
    const added = newRow(stageEntity, id, set)
    void commit(
      [
        {
          entity: 'stage',
          id,
          create: true,
          set: { ...set, color, probability, sequence: place },
        },
        ...moveStageTo([...stages, added], id, place).filter((change) => change.id !== id),
      ],
      { label: t('set.stageAdded'), toast: true },
    )
  }
  if (stages.length === 0)
    return (
      <Alert
        color="yellow"
        variant="light"
        title={t('set.noStages')}
        role="note"
        classNames={{ label: classes.warning ?? '' }}
      >
        <Group gap="xs" mt="xs">
          <Button
            disabled={!canEdit}
            onClick={() =>
              void commit(usualStages(pipeline.id), { label: t('set.stagesAdded'), toast: true })
            }
          >
            {t('set.addUsual')}
          </Button>
          <Button variant="default" disabled={!canEdit} onClick={add}>
            {t('set.addStage')}
          </Button>
        </Group>
      </Alert>
    )
  const fields = requirable(pipeline)
  return (
    <>
      <Missing stages={stages} />
      <DndContext sensors={sensors} onDragEnd={drop} accessibility={accessibility}>
        <SortableContext items={stages.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
          {/* Every input below says the same by its label. */}
          <div className={classes.heads} aria-hidden>
            {heads.map((head) => (
              <span key={head} className={classes[head]}>
                {t(`set.head.${head}`)}
              </span>
            ))}
          </div>
          <ol className={classes.stages} aria-label={t('set.stagesOf', { name: pipeline.name })}>
            {stages.map((stage) => {
              const { leads, opportunities } = standing([stage.id])
              return (
                <StageRow
                  key={stage.id}
                  stage={stage}
                  count={leads + opportunities}
                  canEdit={canEdit}
                  fields={fields}
                  onDelete={() => remove({ kind: 'stage', row: stage, stageIds: [stage.id] })}
                />
              )
            })}
          </ol>
        </SortableContext>
      </DndContext>
      {canEdit ? (
        <Button variant="default" leftSection={<IconPlus size={14} />} mt="xs" onClick={add}>
          {t('set.addStage')}
        </Button>
      ) : null}
      {dialog}
    </>
  )
}
