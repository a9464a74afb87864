import { IconArrowsSplit2, IconRotate2, IconThumbDown } from '@tabler/icons-react'
import type { AnyRow } from '../../../shared/kernel/entity'
import { boardLayout } from '../../kernel/board/board-layout'
import type { FeatureView, RecordDialogProps, RecordPartProps } from '../../kernel/feature-view'
import { CloseDialog } from '../../kernel/stages/CloseDialog'
import { ReopenDialog } from '../../kernel/stages/ReopenDialog'
import { StageHistory } from '../../kernel/stages/StageHistory'
import { isStatus } from '../is-status'
import { ConvertDialog } from './convert/ConvertDialog'
import { LeadBanner } from './LeadBanner'
import { LeadBoard } from './LeadBoard'
import { LeadScore } from './LeadScore'
import { stagedLeads } from './staged'

const isOpen = (row: AnyRow): boolean => row.convertedAt === null && row.status !== 'lost'

const Lost = (props: RecordDialogProps) => <CloseDialog {...props} outcome="lost" />
const Reopen = (props: RecordDialogProps) => <ReopenDialog {...props} view={stagedLeads} />
const History = ({ row }: RecordPartProps) => <StageHistory view={stagedLeads} row={row} />

const icon = { size: 14, stroke: 1.5 }

export const leadView: FeatureView = {
  layouts: [boardLayout(LeadBoard)],
  Banner: LeadBanner,
  sections: [
    { id: 'score', label: 'pipelines:score.title', Component: LeadScore },
    { id: 'history', label: 'pipelines:history', Component: History },
  ],
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
    {
      id: 'lead.lost',
      label: 'pipelines:markLost',
      icon: <IconThumbDown {...icon} />,
      available: isOpen,
      Dialog: Lost,
    },
    {
      id: 'lead.reopen',
      label: 'pipelines:reopen',
      icon: <IconRotate2 {...icon} />,
      available: isStatus('lost'),
      Dialog: Reopen,
    },
    {
      id: 'lead.convert',
      label: 'pipelines:convert.action',
      icon: <IconArrowsSplit2 {...icon} />,
      isPrimary: true,
      available: isOpen,
      Dialog: ConvertDialog,
    },
  ],
}
