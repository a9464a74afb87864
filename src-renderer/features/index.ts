/** The register of screens' specials: one line an entity that has any. */
import type { EntityName } from '../../shared/features/index'
import type { FeatureView } from '../kernel/feature-view'
import { activityView } from './activities/view'
import { leadView } from './leads/view'
import { opportunityView } from './opportunities/view'
import { quoteView } from './quotes/view'
import { relationshipsView } from './relationships/view'

export const featureViews: Partial<Record<EntityName, FeatureView>> = {
  account: relationshipsView,
  activity: activityView,
  contact: relationshipsView,
  lead: leadView,
  opportunity: opportunityView,
  quote: quoteView,
}
