/** Which pipelines and stages a record may stand in. Windows and server choose alike. */
import { meetsAll } from '../../kernel/conditions'
import type { AnyRow } from '../../kernel/entity'

/** Whether a pipeline takes records of an entity; one without a kind takes leads and opportunities. */
export const serves = (pipeline: AnyRow, entity: string): boolean =>
  !pipeline.kind || pipeline.kind === entity

/** The default pipeline of an entity: its own before the common one, else the first that there is. */
export const defaultPipeline = (
  pipelines: readonly AnyRow[],
  entity: string,
): AnyRow | undefined => {
  const able = pipelines.filter((pipeline) => serves(pipeline, entity))
  return (
    able.find(({ isDefault, kind }) => isDefault === true && kind === entity) ??
    able.find(({ isDefault }) => isDefault === true) ??
    able[0]
  )
}

const conditionsOf = ({ routingRules }: AnyRow) => (Array.isArray(routingRules) ? routingRules : [])

/** The pipeline of a record that names none: by routing rules, else the default one. */
export const pipelineFor = (
  pipelines: readonly AnyRow[],
  entity: string,
  row: AnyRow,
): AnyRow | undefined => {
  const routed = pipelines
    .filter((pipeline) => serves(pipeline, entity))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .find((pipeline) => {
      const conditions = conditionsOf(pipeline)
      return conditions.length > 0 && meetsAll(row, conditions)
    })
  return routed ?? defaultPipeline(pipelines, entity)
}

/** Orders stages as they follow each other. */
export const bySequence = (a: AnyRow, b: AnyRow): number =>
  Number(a.sequence ?? 0) - Number(b.sequence ?? 0) || (a.id < b.id ? -1 : 1)
