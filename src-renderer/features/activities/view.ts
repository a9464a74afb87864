import type { FeatureView } from '../../kernel/feature-view'
import { isStatus } from '../is-status'

export const activityView: FeatureView = {
  actions: [
    {
      id: 'activity.complete',
      label: 'records:action.complete',
      available: isStatus('scheduled', 'in_progress'),
      change: (_, now) => ({ status: 'completed', completedAt: now }),
    },
    {
      id: 'activity.reopen',
      label: 'records:action.reopen',
      available: isStatus('completed', 'cancelled'),
      change: () => ({ status: 'scheduled', completedAt: null }),
    },
  ],
}
