import { IconFileDollar, IconRotate2, IconThumbDown, IconTrophy } from '@tabler/icons-react'
import type { AnyRow } from '../../../shared/kernel/entity'
import { boardLayout } from '../../kernel/board/board-layout'
import type { FeatureView, RecordDialogProps, RecordPartProps } from '../../kernel/feature-view'
import { CloseDialog } from '../../kernel/stages/CloseDialog'
import { ReopenDialog } from '../../kernel/stages/ReopenDialog'
import { StageHistory } from '../../kernel/stages/StageHistory'
import { OpportunityBanner } from './OpportunityBanner'
import { OpportunityBoard } from './OpportunityBoard'
import { Stakeholders } from './Stakeholders'
import { stagedOpportunities } from './staged'

const isOpen = (row: AnyRow): boolean => row.wonAt === null && row.lostAt === null

const Won = (props: RecordDialogProps) => <CloseDialog {...props} outcome="won" />
const Lost = (props: RecordDialogProps) => <CloseDialog {...props} outcome="lost" />
const Reopen = (props: RecordDialogProps) => <ReopenDialog {...props} view={stagedOpportunities} />
const History = ({ row }: RecordPartProps) => <StageHistory view={stagedOpportunities} row={row} />

const icon = { size: 14, stroke: 1.5 }

export const opportunityView: FeatureView = {
  layouts: [boardLayout(OpportunityBoard)],
  Banner: OpportunityBanner,
  sections: [
    { id: 'stakeholders', label: 'pipelines:stakeholders', Component: Stakeholders },
    { id: 'history', label: 'pipelines:history', Component: History },
  ],
  actions: [
    {
      id: 'opportunity.quote',
      label: 'quotes:newQuote',
      icon: <IconFileDollar {...icon} />,
      available: (row) => row.lostAt === null,
      make: (row) => ({ entity: 'quote', set: { title: row.name, opportunityId: row.id } }),
    },
    {
      id: 'opportunity.won',
      label: 'pipelines:markWon',
      icon: <IconTrophy {...icon} />,
      isPrimary: true,
      available: isOpen,
      Dialog: Won,
    },
    {
      id: 'opportunity.lost',
      label: 'pipelines:markLost',
      icon: <IconThumbDown {...icon} />,
      available: isOpen,
      Dialog: Lost,
    },
    {
      id: 'opportunity.reopen',
      label: 'pipelines:reopen',
      icon: <IconRotate2 {...icon} />,
      available: (row) => !isOpen(row),
      Dialog: Reopen,
    },
  ],
}
