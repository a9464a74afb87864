import type { RecordPartProps } from '../../kernel/feature-view'
import { StagePath } from '../../kernel/stages/StagePath'
import { ConvertedNote } from './ConvertedNote'
import classes from './leads.module.css'
import { stagedLeads } from './staged'

/** The stages of the lead, and what became of it. */
export const LeadBanner = ({ row }: RecordPartProps) => (
  <>
    <StagePath view={stagedLeads} row={row} />
    {row.convertedAt === null ? null : (
      <div className={classes.note}>
        <ConvertedNote row={row} />
      </div>
    )}
  </>
)
