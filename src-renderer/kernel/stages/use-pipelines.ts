/** The pipelines and stages that records of an entity may stand in. */
import { bySequence, serves } from '../../../shared/features/pipelines/choose'
import type { AnyRow } from '../../../shared/kernel/entity'
import { useRecords } from '../use-records'

const byName = [{ field: 'name', descending: false }]

/** Pipelines in use that take records of an entity; `undefined` while they are read. */
export const usePipelines = (entity: string): AnyRow[] | undefined => {
  const { rows, isLoading } = useRecords({
    entity: 'pipeline',
    where: [{ field: 'active', operator: 'eq', value: true }],
    sort: byName,
  })
  return isLoading ? undefined : rows.filter((pipeline) => serves(pipeline, entity))
}

/** The stages of a pipeline in order; `undefined` while they are read. */
export const useStages = (pipelineId: string | undefined): AnyRow[] | undefined => {
  const { rows, isLoading } = useRecords(
    {
      entity: 'stage',
      where: [{ field: 'pipelineId', operator: 'eq', value: pipelineId ?? '' }],
    },
    { enabled: pipelineId !== undefined },
  )
  if (pipelineId === undefined) return []
  const own = rows.filter((stage) => stage.pipelineId === pipelineId)
  // The last answer stays while the next one is read; it may be that of another pipeline.
  return isLoading || own.length < rows.length ? undefined : own.sort(bySequence)
}
