import { boardLayout } from '../../kernel/board/board-layout'
import type { FeatureView } from '../../kernel/feature-view'
import { isStatus } from '../is-status'
import { LeadBoard } from './LeadBoard'

export const leadView: FeatureView = {
  layouts: [boardLayout(LeadBoard)],
  actions: [
    {
      id: 'lead.contacted',
      label: 'records:action.contacted',
      available: isStatus('new'),
      change: () => ({ status: 'contacted' }),
    },
    {
      id: 'lead.qualify',
      label: 'records:action.qualify',
      available: isStatus('new', 'contacted'),
      change: () => ({ status: 'qualified' }),
    },
  ],
}
