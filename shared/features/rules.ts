/** The rules of all entities that have any: the one list that windows and server apply. */
import { allOf, type EntityRule, type RuleBook } from '../kernel/rules'
import { activityRule } from './activities/rules'
import { fileRule } from './files/rules'
import { noCycle } from './hierarchy'
import { leadRule } from './leads/rules'
import { opportunityRule } from './opportunities/rules'
import { pipelineRule, stageRule } from './pipelines/rules'
import { priceListRule, priceRule } from './products/rules'
import { quoteRule } from './quotes/rules'
import { relationshipRule } from './relationships/rules'

const notBornTomorrow: EntityRule = async ({ set }, { now }) =>
  typeof set.birthday === 'string' && set.birthday > now.slice(0, 10)
    ? { problems: [{ path: 'birthday', message: 'lies in the future' }] }
    : {}

export const rules: RuleBook = {
  account: noCycle(
    'account',
    'parentAccountId',
    'An account cannot be above itself. Choose one that is not below this one.',
  ),
  contact: allOf(
    noCycle(
      'contact',
      'reportsToId',
      'Nobody reports to themselves. Choose someone who does not report to this contact.',
    ),
    notBornTomorrow,
  ),
  activity: activityRule,
  lead: leadRule,
  opportunity: opportunityRule,
  pipeline: pipelineRule,
  stage: stageRule,
  priceList: priceListRule,
  price: priceRule,
  quote: quoteRule,
  file: fileRule,
  relationship: relationshipRule,
}
