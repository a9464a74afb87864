import { Menu } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronDown,
  IconClock,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { daysInStage, isRotting } from '../../../shared/features/pipelines/age'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import tones from '../../ui/tone.module.css'
import { useMayEdit } from '../record/KeyFields'
import { useNow } from '../use-now'
import { useCommit } from '../use-records'
import type { StagedView } from './staged-view'
import classes from './stages.module.css'
import { usePipelines, useStages } from './use-pipelines'
import { useStageMove } from './use-stage-move'

type Props = { view: StagedView; row: AnyRow }

/** `done` before the current stage, `current`, `ahead` after it. */
const standing = (index: number, current: number): string =>
  index < current ? 'done' : index === current ? 'current' : 'ahead'

const Age = ({ row, stage }: { row: AnyRow; stage: AnyRow }) => {
  const now = new Date(useNow()).toISOString()
  const { t } = useTranslation('pipelines')
  const days = daysInStage(row, now)
  if (days === null) return null
  const rotten = isRotting(row, stage, now)
  const Icon = rotten ? IconAlertTriangle : IconClock
  return (
    <span className={classes.age} data-rotten={rotten || undefined}>
      <Icon size={14} stroke={1.5} aria-hidden />
      {rotten
        ? t('rotten', { count: days, limit: Number(stage.rottingDays) })
        : t('inStage', { count: days })}
    </span>
  )
}

const PipelineMenu = ({ view, row, canEdit }: Props & { canEdit: boolean }) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const pipelines = usePipelines(view.entity.name) ?? []
  const own = pipelines.find(({ id }) => id === row.pipelineId)
  const name = String(own?.name ?? t('pipeline'))
  if (!canEdit || pipelines.length < 2) return <span className={classes.pipeline}>{name}</span>
  const change = (pipeline: AnyRow) =>
    void commit([{ entity: view.entity.name, id: row.id, set: { pipelineId: pipeline.id } }], {
      label: t('moved', { name: titleOf(view.entity, row), stage: String(pipeline.name) }),
      toast: true,
    })
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.pipeline} aria-label={t('inPipeline', { name })}>
          {name}
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {pipelines
          .filter(({ id }) => id !== row.pipelineId)
          .map((pipeline) => (
            <Menu.Item key={pipeline.id} onClick={() => change(pipeline)}>
              {t('moveToPipeline', { name: String(pipeline.name) })}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The way through the pipeline: where the record stands, for how long, and what lies ahead. */
export const StagePath = ({ view, row }: Props) => {
  const { t } = useTranslation('pipelines')
  const canEdit = useMayEdit(view.entity, row) && row.deletedAt === null
  const stages = useStages(typeof row.pipelineId === 'string' ? row.pipelineId : undefined)
  const { move, dialog } = useStageMove(view)
  if (!stages || stages.length === 0) return null
  const at = stages.findIndex(({ id }) => id === row.stageId)
  const current = stages[at]
  const isClosed = current !== undefined && current.stageType !== 'open'
  return (
    <div className={classes.banner}>
      <div className={classes.line}>
        <PipelineMenu view={view} row={row} canEdit={canEdit} />
        {current ? <Age row={row} stage={current} /> : null}
      </div>
      <nav aria-label={t('path')}>
        <ol className={classes.path}>
          {stages.map((stage, index) => (
            <li key={stage.id} className={classes.step}>
              <button
                type="button"
                className={`${classes.stage} ${tones.tone}`}
                data-color={stage.color ?? 'gray'}
                data-standing={isClosed && index !== at ? 'closed' : standing(index, at)}
                aria-current={index === at ? 'step' : undefined}
                disabled={!canEdit && index !== at}
                title={String(stage.name)}
                onClick={() => move(row, stage)}
              >
                {index < at && !isClosed ? <IconCheck size={13} aria-hidden /> : null}
                {stage.stageType === 'lost' && index === at ? (
                  <IconX size={13} aria-hidden />
                ) : null}
                <span className={classes.ellipsis}>{String(stage.name)}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {current?.exitCriteria && !isClosed ? (
        <p className={classes.criteria}>
          <strong>{t('exitCriteria')}</strong> {String(current.exitCriteria)}
        </p>
      ) : null}
      {dialog}
    </div>
  )
}
