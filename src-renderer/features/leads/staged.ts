import { lead } from '../../../shared/features/leads/lead'
import type { StagedView } from '../../kernel/stages/staged-view'
import { ConvertDialog } from './convert/ConvertDialog'

export const stagedLeads: StagedView = {
  entity: lead,
  amount: 'expectedRevenue',
  company: 'companyName',
  link: 'leadId',
  // A lead that is won has something to become.
  WonDialog: ConvertDialog,
}
