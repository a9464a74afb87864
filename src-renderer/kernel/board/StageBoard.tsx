import { Button, Select } from '@mantine/core'
import { IconProgress } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultPipeline } from '../../../shared/features/pipelines/choose'
import type { AnyRow } from '../../../shared/kernel/entity'
import { EmptyState } from '../../ui/EmptyState'
import type { ListLayoutProps } from '../feature-view'
import type { StagedView } from '../stages/staged-view'
import { usePipelines, useStages } from '../stages/use-pipelines'
import { Board } from './Board'
import classes from './board.module.css'

type Props = ListLayoutProps & { view: StagedView }

const isPipeline = ({ field }: { field: string }): boolean => field === 'pipelineId'

/** Nothing can stand anywhere: says why, and leads to where that is changed. */
const NoStages = ({ pipeline }: { pipeline: AnyRow | undefined }) => {
  const { t } = useTranslation('pipelines')
  return (
    <EmptyState
      icon={<IconProgress size={40} stroke={1.5} />}
      title={pipeline ? t('noStages', { pipeline: String(pipeline.name) }) : t('noPipeline')}
      text={t(pipeline ? 'noStagesText' : 'noPipelineText')}
    >
      <Button
        renderRoot={(props) => (
          <Link to="/settings/$section" params={{ section: 'pipelines' }} {...props} />
        )}
      >
        {t('openSettings')}
      </Button>
    </EmptyState>
  )
}

/** The records of a list by stage. Which pipeline is shown stands in the list's filters. */
export const StageBoard = ({ view, query, search, show }: Props) => {
  const { t } = useTranslation('pipelines')
  const pipelines = usePipelines(view.entity.name)
  const wanted = (query.where ?? []).find(isPipeline)?.value
  const pipeline =
    pipelines?.find(({ id }) => id === wanted) ?? defaultPipeline(pipelines ?? [], view.entity.name)
  const stages = useStages(pipeline?.id)
  const choose = useCallback(
    (id: string | null) =>
      show({
        ...search,
        filters: [
          ...(search.filters ?? []).filter((condition) => !isPipeline(condition)),
          ...(id ? [{ field: 'pipelineId', operator: 'eq' as const, value: id }] : []),
        ],
      }),
    [search, show],
  )
  if (!pipelines || !stages) return null
  return (
    <div className={classes.frame}>
      {pipelines.length > 1 && pipeline ? (
        <div className={classes.bar}>
          <Select
            w={220}
            aria-label={t('pipeline')}
            data={pipelines.map(({ id, name }) => ({ value: id, label: String(name) }))}
            value={pipeline.id}
            allowDeselect={false}
            onChange={choose}
          />
        </div>
      ) : null}
      {pipeline && stages.length > 0 ? (
        <Board
          key={pipeline.id}
          view={view}
          stages={stages}
          query={{
            ...query,
            where: [
              ...(query.where ?? []).filter((condition) => !isPipeline(condition)),
              { field: 'pipelineId', operator: 'eq', value: pipeline.id },
            ],
            // What came last stands on top, so that a card stays where it was dropped.
            ...(search.sort ? {} : { sort: [{ field: 'stageEnteredAt', descending: true }] }),
          }}
        />
      ) : (
        <NoStages pipeline={pipeline} />
      )}
    </div>
  )
}
