import type { RecordPartProps } from '../../kernel/feature-view'
import { StagePath } from '../../kernel/stages/StagePath'
import { DealStrip } from './DealStrip'
import { stagedOpportunities } from './staged'

/** The stages of the opportunity, and its figures below. */
export const OpportunityBanner = ({ entity, row }: RecordPartProps) => (
  <>
    <StagePath view={stagedOpportunities} row={row} />
    <DealStrip entity={entity} row={row} />
  </>
)
