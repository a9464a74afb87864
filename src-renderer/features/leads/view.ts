import type { FeatureView } from '../../kernel/feature-view'
import { isStatus } from '../is-status'

export const leadView: FeatureView = {
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
