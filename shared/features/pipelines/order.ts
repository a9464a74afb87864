/** The order of a pipeline's stages, changed by hand. */
import type { AnyRow } from '../../kernel/entity'
import type { RecordChange } from '../../kernel/rules'

/** The changes that bring a stage to a place among its siblings; none where it stands there already. */
export const moveStageTo = (
  stages: readonly AnyRow[],
  id: string,
  place: number,
): RecordChange[] => {
  const moved = stages.find((stage) => stage.id === id)
  if (!moved) return []
  const rest = stages.filter((stage) => stage !== moved)
  const ordered = [...rest.slice(0, place), moved, ...rest.slice(place)]
  return ordered.flatMap((stage, sequence) =>
    stage.sequence === sequence ? [] : [{ entity: 'stage', id: stage.id, set: { sequence } }],
  )
}

/** The sequence of a stage that is added: behind the last open one, before what closes a record. */
export const placeOfNew = (stages: readonly AnyRow[]): number => {
  const lastOpen = stages.findLastIndex(({ stageType }) => stageType === 'open')
  return lastOpen + 1
}
