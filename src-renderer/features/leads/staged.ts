import { lead } from '../../../shared/features/leads/lead'
import type { StagedView } from '../../kernel/stages/staged-view'

export const stagedLeads: StagedView = {
  entity: lead,
  amount: 'expectedRevenue',
  company: 'companyName',
  link: 'leadId',
}
