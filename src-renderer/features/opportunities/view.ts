import { boardLayout } from '../../kernel/board/board-layout'
import type { FeatureView } from '../../kernel/feature-view'
import { OpportunityBoard } from './OpportunityBoard'

export const opportunityView: FeatureView = {
  layouts: [boardLayout(OpportunityBoard)],
}
