import { opportunity } from '../../../shared/features/opportunities/opportunity'
import type { StagedView } from '../../kernel/stages/staged-view'

export const stagedOpportunities: StagedView = {
  entity: opportunity,
  amount: 'amount',
  company: 'accountId',
  nextStep: 'nextStep',
  link: 'opportunityId',
}
