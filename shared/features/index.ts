/** The register: one line an entity. Everything generic loops over it. */
import type { AnyEntity } from '../kernel/entity'
import { account } from './accounts/account'
import { activity } from './activities/activity'
import { assignmentRule } from './assignment/assignment-rule'
import { contact } from './contacts/contact'
import { file } from './files/file'
import { lead } from './leads/lead'
import { opportunity } from './opportunities/opportunity'
import { pipeline, stage } from './pipelines/pipeline'
import { stageChange } from './pipelines/stage-change'
import { price, priceList, product } from './products/product'
import { quota } from './quotas/quota'
import { quote } from './quotes/quote'
import { relationship } from './relationships/relationship'
import { scoringRule } from './scoring/scoring-rule'
import { tag } from './tags/tag'
import { team, teamMember } from './teams/team'
import { user } from './users/user'
import { savedView } from './views/saved-view'

export const entities = {
  contact,
  account,
  lead,
  opportunity,
  activity,
  pipeline,
  stage,
  stageChange,
  product,
  priceList,
  price,
  quote,
  quota,
  relationship,
  file,
  scoringRule,
  assignmentRule,
  savedView,
  tag,
  team,
  teamMember,
  user,
} as const

export type EntityName = keyof typeof entities

export const entityNames = Object.keys(entities) as EntityName[]

/** The entity of that name, or `undefined`; for names that come from outside. */
export const entityNamed = (name: string): AnyEntity | undefined =>
  Object.hasOwn(entities, name) ? entities[name as EntityName] : undefined

/** The entity whose records stand under that plural, as in REST paths. */
export const entityByPlural = (plural: string): AnyEntity | undefined =>
  Object.values<AnyEntity>(entities).find((entity) => entity.plural === plural)
