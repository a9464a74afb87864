import { IconCheck, IconCopy, IconSend, IconX } from '@tabler/icons-react'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { FeatureView } from '../../kernel/feature-view'
import { isStatus } from '../is-status'
import { QuoteLines } from './QuoteLines'

const icon = { size: 14, stroke: 1.5 }

const carried = [
  'title',
  'opportunityId',
  'accountId',
  'contactId',
  'priceListId',
  'currency',
  'lines',
  'discountPercent',
  'terms',
  'notes',
] as const

const hasLines = (row: AnyRow): boolean => Array.isArray(row.lines) && row.lines.length > 0

export const quoteView: FeatureView = {
  sections: [{ id: 'lines', label: 'quotes:lines', Component: QuoteLines }],
  actions: [
    {
      id: 'quote.send',
      label: 'quotes:send',
      icon: <IconSend {...icon} />,
      isPrimary: true,
      available: (row) => isStatus('draft')(row) && hasLines(row),
      change: () => ({ status: 'sent' }),
    },
    {
      id: 'quote.accept',
      label: 'quotes:accept',
      icon: <IconCheck {...icon} />,
      isPrimary: true,
      available: isStatus('sent', 'expired'),
      change: () => ({ status: 'accepted' }),
    },
    {
      id: 'quote.decline',
      label: 'quotes:decline',
      icon: <IconX {...icon} />,
      available: isStatus('sent', 'expired'),
      change: () => ({ status: 'declined' }),
    },
    {
      id: 'quote.revise',
      label: 'quotes:revise',
      icon: <IconCopy {...icon} />,
      available: isStatus('sent', 'accepted', 'declined', 'expired'),
      make: (row) => ({
        entity: 'quote',
        set: Object.fromEntries(carried.map((name) => [name, row[name]])),
      }),
    },
  ],
}
