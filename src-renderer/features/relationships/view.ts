import type { FeatureView } from '../../kernel/feature-view'
import { RelationshipsTab } from './RelationshipsTab'

/** Contacts and accounts have a map of who belongs to whom. */
export const relationshipsView: FeatureView = {
  tabs: [{ id: 'relationships', label: 'relationships:title', Component: RelationshipsTab }],
}
