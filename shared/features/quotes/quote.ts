import { defineEntity, type Row } from '../../kernel/entity'
import {
  choice,
  currency,
  day,
  decimal,
  instant,
  list,
  longText,
  money,
  ref,
  tags,
  text,
} from '../../kernel/field'

export const quoteStatuses = ['draft', 'sent', 'accepted', 'declined', 'expired'] as const

export const quote = defineEntity({
  name: 'quote',
  plural: 'quotes',
  label: 'Quote',
  labelPlural: 'Quotes',
  icon: 'file-dollar',
  titleFields: ['title'],
  fields: {
    title: text('Title', { required: true, search: true, index: true }),
    number: text('Number', { serverOnly: true, search: true, index: true }),
    opportunityId: ref('Opportunity', 'opportunity', { index: true }),
    accountId: ref('Account', 'account', { index: true }),
    contactId: ref('Contact', 'contact', { index: true }),
    priceListId: ref('Price list', 'priceList'),
    status: choice('Status', quoteStatuses, { default: 'draft', index: true, example: 'draft' }),
    issuedOn: day('Date', { example: '2026-03-01' }),
    validUntil: day('Valid until', { index: true, example: '2026-03-31' }),
    currency: currency('Currency'),
    lines: list(
      'Lines',
      {
        productId: ref('Product', 'product'),
        description: text('Description'),
        quantity: decimal('Quantity', { min: 0, default: 1 }),
        unitPrice: money('Unit price', { currencyField: 'currency' }),
        discountPercent: decimal('Discount', { min: 0, max: 100, unit: '%' }),
        taxPercent: decimal('Tax', { min: 0, max: 100, unit: '%' }),
      },
      { maxItems: 500 },
    ),
    discountPercent: decimal('Discount on the whole', { min: 0, max: 100, unit: '%' }),
    subtotal: money('Subtotal', { computed: true, currencyField: 'currency' }),
    discountTotal: money('Discount', { computed: true, currencyField: 'currency' }),
    taxTotal: money('Tax', { computed: true, currencyField: 'currency' }),
    total: money('Total', { computed: true, currencyField: 'currency', index: true }),
    terms: longText('Terms'),
    sentAt: instant('Sent', { example: null }),
    acceptedAt: instant('Accepted', { example: null }),
    declinedAt: instant('Declined', { example: null }),
    ownerId: ref('Owner', 'user', { index: true }),
    tags: tags('Tags'),
    notes: longText('Notes for the customer'),
  },
  list: {
    columns: ['number', 'title', 'accountId', 'status', 'total', 'validUntil', 'ownerId'],
    sort: '-createdAt',
    filters: ['status', 'accountId', 'opportunityId', 'ownerId', 'tags'],
  },
  sections: [
    {
      label: 'Key fields',
      fields: [
        'title',
        'number',
        'status',
        'opportunityId',
        'accountId',
        'contactId',
        'issuedOn',
        'validUntil',
        'priceListId',
        'currency',
        'ownerId',
        'tags',
      ],
    },
    {
      label: 'Figures',
      fields: ['subtotal', 'discountTotal', 'taxTotal', 'total'],
    },
    { label: 'Words', fields: ['terms', 'notes'] },
    { label: 'History', fields: ['sentAt', 'acceptedAt', 'declinedAt'] },
  ],
  quickCreate: ['title', 'opportunityId', 'accountId', 'contactId', 'validUntil', 'currency'],
})

export type Quote = Row<typeof quote>
export type QuoteLine = Quote['lines'][number]
