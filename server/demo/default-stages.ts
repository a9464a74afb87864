import { defaultPipeline } from '../../shared/features/pipelines/choose'
import { stagesOf } from '../../shared/features/pipelines/staging'
import { createRuleContext } from '../kernel/commit/complete'
import type { Actor } from '../kernel/ports'
import type { Services } from '../kernel/services'
import type { GeneratedStage } from './maker'

/** The stages in which generated records stand: those of the default pipeline. */
export const defaultStages = async (
  services: Services,
  actor: Actor,
): Promise<GeneratedStage[]> => {
  const context = createRuleContext(services, actor)
  const pipelines = await context.find('pipeline', 'active', true)
  const pipeline = defaultPipeline(pipelines, 'opportunity')
  const stages = pipeline ? await stagesOf(context, pipeline.id) : []
  return stages.map(({ id, stageType }) => ({ id, stageType }))
}
