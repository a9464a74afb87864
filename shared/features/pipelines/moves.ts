/** The named moves of leads and opportunities: to a stage, won, lost. */
import type { AnyRow } from '../../kernel/entity'
import { Refusal } from '../../kernel/refusal'
import type { RecordChange, RuleContext } from '../../kernel/rules'
import { stagesOf } from './staging'

type Outcome = 'won' | 'lost'

const stageFor = async (row: AnyRow, outcome: Outcome, context: RuleContext): Promise<AnyRow> => {
  const stages = typeof row.pipelineId === 'string' ? await stagesOf(context, row.pipelineId) : []
  const stage = stages.find(({ stageType }) => stageType === outcome)
  if (stage) return stage
  const message = `The pipeline has no stage of the type ${outcome}. Add one in the settings.`
  throw new Refusal('record.invalid', {
    detail: message,
    errors: [{ path: 'stageId', message }],
  })
}

/** Marks an opportunity won: it moves to the won stage of its pipeline. */
export const markWon = async (
  row: AnyRow,
  reason: string | null,
  context: RuleContext,
): Promise<RecordChange> => ({
  entity: 'opportunity',
  id: row.id,
  set: { stageId: (await stageFor(row, 'won', context)).id, wonReason: reason },
})

/** Marks an opportunity lost. */
export const markOpportunityLost = async (
  row: AnyRow,
  reason: string | null,
  context: RuleContext,
): Promise<RecordChange> => ({
  entity: 'opportunity',
  id: row.id,
  set: { stageId: (await stageFor(row, 'lost', context)).id, lostReason: reason },
})

/** Marks a lead lost; the rules move it to the lost stage where its pipeline has one. */
export const markLeadLost = (row: AnyRow, reason: string | null): RecordChange => {
  if (row.convertedAt !== null)
    throw new Refusal('lead.converted', {
      detail: 'This lead was converted. Mark its opportunity lost instead.',
    })
  return { entity: 'lead', id: row.id, set: { status: 'lost', lostReason: reason } }
}

const staged = ['lead', 'opportunity'] as const

/** Moves everything that a field ties to one place; refuses where something stands there and no stage is given. */
const moveAll = async (
  field: 'stageId' | 'pipelineId',
  { id, toStageId }: { id: string; toStageId: string | null },
  context: RuleContext,
): Promise<RecordChange[]> => {
  const moves: RecordChange[] = []
  for (const entity of staged) {
    const rows = await context.find(entity, field, id)
    if (rows.length > 0 && toStageId === null)
      throw new Refusal('record.invalid', {
        detail: 'Records stand here. Choose where they go.',
        errors: [{ path: 'toStageId', message: 'Choose a stage for the records of this one.' }],
      })
    moves.push(...rows.map((row) => ({ entity, id: row.id, set: { stageId: toStageId } })))
  }
  return moves
}

/** Deletes a stage after moving what stands in it; `toStageId` is not asked for where nothing does. */
export const deleteStage = async (
  stage: AnyRow,
  toStageId: string | null,
  context: RuleContext,
): Promise<RecordChange[]> => [
  ...(await moveAll('stageId', { id: stage.id, toStageId }, context)),
  { entity: 'stage', id: stage.id, set: { deletedAt: context.now } },
]

/** Deletes a pipeline and its stages after moving what stands in it to a stage of another pipeline. */
export const deletePipeline = async (
  pipeline: AnyRow,
  toStageId: string | null,
  context: RuleContext,
): Promise<RecordChange[]> => [
  ...(await moveAll('pipelineId', { id: pipeline.id, toStageId }, context)),
  { entity: 'pipeline', id: pipeline.id, set: { deletedAt: context.now } },
]
