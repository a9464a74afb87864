import { StageBoard } from '../../kernel/board/StageBoard'
import type { ListLayoutProps } from '../../kernel/feature-view'
import { stagedOpportunities } from './staged'

/** Opportunities by stage. */
export const OpportunityBoard = (props: ListLayoutProps) => (
  <StageBoard view={stagedOpportunities} {...props} />
)
