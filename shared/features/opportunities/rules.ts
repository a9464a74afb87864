import type { AnyRow } from '../../kernel/entity'
import {
  allOf,
  type EntityRule,
  type RuleContext,
  type RuleInput,
  type Values,
} from '../../kernel/rules'
import { stagingRule } from '../pipelines/staging'
import { opportunity } from './opportunity'

/** The forecast category that a probability suggests. */
export const categoryOf = (probability: unknown): string => {
  const percent = Number(probability ?? 0)
  if (percent >= 80) return 'commit'
  return percent >= 50 ? 'best_case' : 'pipeline'
}

const isClosed = (row: AnyRow | null): boolean =>
  row !== null && (row.wonAt !== null || row.lostAt !== null)

const openAgain = ({ before, set }: RuleInput, stage: AnyRow): Values => ({
  ...(isClosed(before)
    ? { wonAt: null, lostAt: null, lostReason: null, wonReason: null }
    : { wonAt: null, lostAt: null }),
  ...(set.forecastCategory || (before?.forecastCategory && !isClosed(before))
    ? {}
    : { forecastCategory: categoryOf(set.probability ?? stage.probability) }),
})

const outcome = (input: RuleInput, stage: AnyRow, { now }: RuleContext): Values => {
  if (stage.stageType === 'won')
    return {
      wonAt: input.set.wonAt ?? now,
      lostAt: null,
      lostReason: null,
      forecastCategory: 'closed',
    }
  if (stage.stageType === 'lost')
    return { lostAt: now, wonAt: null, wonReason: null, forecastCategory: 'omitted' }
  return openAgain(input, stage)
}

/** An amount says in which currency it is. */
const currencyRule: EntityRule = async ({ before, next }, { currency }) =>
  !before && next.amount !== null && !next.currency ? { set: { currency } } : {}

export const opportunityRule = allOf(
  currencyRule,
  stagingRule({ entity: opportunity, link: 'opportunityId', amount: 'amount' }, outcome),
)
