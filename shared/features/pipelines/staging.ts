/** Where in a pipeline a lead or an opportunity stands, and all that a move brings with it. */
import type { AnyEntity, AnyRow } from '../../kernel/entity'
import type { FieldProblem } from '../../kernel/refusal'
import type {
  Consequence,
  EntityRule,
  RecordChange,
  RuleContext,
  RuleInput,
  Values,
} from '../../kernel/rules'
import { bySequence, pipelineFor } from './choose'
import { missingAt } from './questions'

/** What leads and opportunities call the same thing. */
type Staged = { entity: AnyEntity; link: 'leadId' | 'opportunityId'; amount: string }

/** The stages of a pipeline in order. */
export const stagesOf = async (context: RuleContext, pipelineId: string): Promise<AnyRow[]> =>
  (await context.find('stage', 'pipelineId', pipelineId)).sort(bySequence)

const routed = async (context: RuleContext, entity: string, row: AnyRow) =>
  pipelineFor(await context.find('pipeline', 'active', true), entity, row)

type Place = { stage: AnyRow | undefined } | { problem: FieldProblem }

const problem = (path: string, message: string): Place => ({ problem: { path, message } })

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const placeOf = async (
  { before, next, set }: RuleInput,
  context: RuleContext,
  entity: string,
): Promise<Place> => {
  const wanted = text(set.stageId)
  if (wanted !== null) {
    const stage = await context.get('stage', wanted)
    if (!stage || stage.deletedAt !== null) return problem('stageId', 'there is no such stage')
    if (text(set.pipelineId) !== null && set.pipelineId !== stage.pipelineId)
      return problem('stageId', 'the stage belongs to another pipeline')
    return { stage }
  }
  const pipelineId =
    text(set.pipelineId) ?? text(before?.pipelineId) ?? (await routed(context, entity, next))?.id
  if (pipelineId === undefined) return { stage: undefined }
  const stages = await stagesOf(context, pipelineId)
  if (stages.length === 0)
    return problem('pipelineId', 'This pipeline has no stages yet. Add one first.')
  return { stage: stages.find(({ stageType }) => stageType === 'open') ?? stages[0] }
}

const missingProblems = ({ entity }: Staged, stage: AnyRow, next: AnyRow): FieldProblem[] =>
  missingAt(entity, stage, next).map((path) => ({
    path,
    message: `is required in the stage ${stage.name}`,
  }))

const secondsBetween = (from: unknown, to: string): number | null =>
  typeof from === 'string'
    ? Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
    : null

const moveOf = (
  staged: Staged,
  { before, next, id }: RuleInput,
  { stage, from, context }: { stage: AnyRow; from: AnyRow | null; context: RuleContext },
): RecordChange => ({
  entity: 'stageChange',
  id: context.newId(),
  create: true,
  set: {
    title: from ? `${from.name} → ${stage.name}` : String(stage.name),
    [staged.link]: id,
    pipelineId: stage.pipelineId,
    fromStageId: from?.id ?? null,
    toStageId: stage.id,
    at: context.now,
    userId: context.userId,
    secondsBefore: secondsBetween(before?.stageEnteredAt, context.now),
    amount: next[staged.amount] ?? null,
    currency: next.currency ?? null,
  },
})

/**
 * A record without pipeline or stage gets the default ones; a move sets the time, the stage's
 * probability unless another one is given, and leaves a `stageChange` behind.
 */
export const stagingRule =
  (
    staged: Staged,
    outcome: (input: RuleInput, stage: AnyRow, context: RuleContext) => Values,
  ): EntityRule =>
  async (input, context): Promise<Consequence> => {
    const { before, set, next } = input
    if (before && !('stageId' in set) && !('pipelineId' in set)) return {}
    const place = await placeOf(input, context, staged.entity.name)
    if ('problem' in place) return { problems: [place.problem] }
    const { stage } = place
    if (!stage) return {}
    const own = { pipelineId: stage.pipelineId, stageId: stage.id }
    if (before?.stageId === stage.id) return { set: own }
    const from = before?.stageId ? await context.get('stage', String(before.stageId)) : null
    return {
      set: {
        ...own,
        stageEnteredAt: context.now,
        ...('probability' in set && set.probability !== null
          ? {}
          : { probability: stage.probability ?? null }),
        ...outcome(input, stage, context),
      },
      also: [moveOf(staged, input, { stage, from, context })],
      problems: missingProblems(staged, stage, next),
    }
  }
