/** What keeps pipelines whole: one default, and no stage that goes while records stand in it. */
import type { EntityRule, RecordChange, RuleContext } from '../../kernel/rules'

const isDeleting = (set: { [field: string]: unknown }): boolean => typeof set.deletedAt === 'string'

const countOf = async (context: RuleContext, field: string, id: string) => {
  const leads = (await context.find('lead', field, id)).length
  const opportunities = (await context.find('opportunity', field, id)).length
  const words = [
    leads > 0 ? `${leads} ${leads === 1 ? 'lead' : 'leads'}` : '',
    opportunities > 0
      ? `${opportunities} ${opportunities === 1 ? 'opportunity' : 'opportunities'}`
      : '',
  ]
  return { total: leads + opportunities, words: words.filter((word) => word !== '').join(' and ') }
}

export const stageRule: EntityRule = async ({ id, before, set }, context) => {
  const moves = before && 'pipelineId' in set && set.pipelineId !== before.pipelineId
  if (!before || (!isDeleting(set) && !moves)) return {}
  const { total, words } = await countOf(context, 'stageId', id)
  if (total === 0) return {}
  const message = `${words} ${total === 1 ? 'stands' : 'stand'} in this stage. Choose where they go first.`
  return { problems: [{ path: moves ? 'pipelineId' : 'deletedAt', message }] }
}

const sharesRecords = (a: unknown, b: unknown): boolean => !a || !b || a === b

const noOtherDefault = async (
  id: string,
  kind: unknown,
  context: RuleContext,
): Promise<RecordChange[]> =>
  (await context.find('pipeline', 'isDefault', true))
    .filter((other) => other.id !== id && sharesRecords(other.kind, kind))
    .map((other) => ({ entity: 'pipeline', id: other.id, set: { isDefault: false } }))

export const pipelineRule: EntityRule = async ({ id, before, next, set }, context) => {
  if (before && isDeleting(set)) {
    if (before.isDefault === true)
      return {
        problems: [{ path: 'deletedAt', message: 'Make another pipeline the default first.' }],
      }
    const { total, words } = await countOf(context, 'pipelineId', id)
    if (total > 0)
      return {
        problems: [{ path: 'deletedAt', message: `${words} in this pipeline. Move them first.` }],
      }
    const stages = await context.find('stage', 'pipelineId', id)
    return {
      also: stages.map((stage) => ({
        entity: 'stage',
        id: stage.id,
        set: { deletedAt: set.deletedAt },
      })),
    }
  }
  if (before?.isDefault === true && (set.active === false || set.isDefault === false))
    return {
      problems: [
        {
          path: set.active === false ? 'active' : 'isDefault',
          message: 'Make another pipeline the default first.',
        },
      ],
    }
  return set.isDefault === true ? { also: await noOtherDefault(id, next.kind, context) } : {}
}
