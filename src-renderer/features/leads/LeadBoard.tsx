import { StageBoard } from '../../kernel/board/StageBoard'
import type { ListLayoutProps } from '../../kernel/feature-view'
import { stagedLeads } from './staged'

/** Leads by stage. */
export const LeadBoard = (props: ListLayoutProps) => <StageBoard view={stagedLeads} {...props} />
