import type { AnyRow } from '../../kernel/entity'
import {
  allOf,
  type EntityRule,
  type RuleContext,
  type RuleInput,
  type Values,
} from '../../kernel/rules'
import { stagesOf, stagingRule } from '../pipelines/staging'
import { lead } from './lead'

const outcome = ({ before, set }: RuleInput, stage: AnyRow, { now }: RuleContext): Values => {
  if (stage.stageType === 'lost') return { status: 'lost', lostAt: now }
  const isReopened = before?.status === 'lost' && (set.status ?? 'lost') === 'lost'
  const reopened = isReopened ? { status: 'contacted', lostAt: null, lostReason: null } : {}
  if (stage.stageType !== 'won') return reopened
  return { ...reopened, ...(set.status ? {} : { status: 'qualified' }) }
}

/** A lead called lost stands in the lost stage, one that is lost no more in an open one. */
const statusRule: EntityRule = async ({ before, next, set }, context) => {
  if (before && before.convertedAt === null && set.status === 'converted' && !set.convertedAt)
    return {
      problems: [{ path: 'status', message: 'Convert the lead instead of setting its status.' }],
    }
  const changes = 'status' in set && set.status !== (before?.status ?? 'new')
  const pipelineId = next.pipelineId
  if (!changes || 'stageId' in set || typeof pipelineId !== 'string') return {}
  const stages = await stagesOf(context, pipelineId)
  if (set.status === 'lost') {
    const lost = stages.find(({ stageType }) => stageType === 'lost')
    return { set: { lostAt: context.now, ...(lost ? { stageId: lost.id } : {}) } }
  }
  if (before?.status !== 'lost') return {}
  const open = stages.find(({ stageType }) => stageType === 'open')
  return { set: { lostAt: null, lostReason: null, ...(open ? { stageId: open.id } : {}) } }
}

const currencyRule: EntityRule = async ({ before, next }, { currency }) =>
  !before && next.expectedRevenue !== null && !next.currency ? { set: { currency } } : {}

export const leadRule = allOf(
  currencyRule,
  statusRule,
  stagingRule({ entity: lead, link: 'leadId', amount: 'expectedRevenue' }, outcome),
)
