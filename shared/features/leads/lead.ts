import { defineEntity, type Row } from '../../kernel/entity'
import { choice, email, integer, money, phone, ref, richText, tags, text } from '../../kernel/field'

export const lead = defineEntity({
  name: 'lead',
  plural: 'leads',
  label: 'Lead',
  labelPlural: 'Leads',
  icon: 'target-arrow',
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    contactName: text('Contact name', { search: true, pii: true }),
    email: email('E-mail', { search: true, index: true, pii: true }),
    phone: phone('Phone', { search: true, index: true, pii: true }),
    companyName: text('Company', { search: true }),
    jobTitle: text('Job title'),
    status: choice(
      'Status',
      ['new', 'contacted', 'qualified', 'unqualified', 'converted', 'lost'],
      { default: 'new', index: true },
    ),
    priority: choice('Priority', ['low', 'medium', 'high', 'urgent'], { default: 'medium' }),
    rating: choice('Rating', ['cold', 'warm', 'hot']),
    source: choice('Source', [
      'website',
      'referral',
      'cold_call',
      'email_campaign',
      'social_media',
      'trade_show',
      'partner',
      'advertisement',
      'web_form',
      'import',
      'chat',
      'phone',
      'other',
    ]),
    expectedRevenue: money('Expected revenue', { min: 0, currencyField: 'currency' }),
    currency: text('Currency', { hint: 'ISO 4217, such as EUR' }),
    probability: integer('Probability', { min: 0, max: 100 }),
    score: integer('Score', { min: 0, max: 1000 }),
    lostReason: text('Lost reason'),
    utmSource: text('UTM source'),
    utmMedium: text('UTM medium'),
    utmCampaign: text('UTM campaign'),
    utmTerm: text('UTM term'),
    utmContent: text('UTM content'),
    ownerId: ref('Owner', 'user', { index: true }),
    tags: tags('Tags'),
    notes: richText('Notes', { search: true }),
  },
  list: {
    columns: ['name', 'companyName', 'status', 'priority', 'rating', 'expectedRevenue', 'ownerId'],
    sort: '-createdAt',
    filters: ['status', 'priority', 'rating', 'source', 'ownerId', 'tags'],
  },
  sections: [
    {
      label: 'Key fields',
      fields: ['name', 'status', 'priority', 'rating', 'source', 'ownerId', 'tags'],
    },
    { label: 'Person', fields: ['contactName', 'jobTitle', 'companyName', 'email', 'phone'] },
    {
      label: 'Value',
      fields: ['expectedRevenue', 'currency', 'probability', 'score', 'lostReason'],
    },
    {
      label: 'Campaign',
      fields: ['utmSource', 'utmMedium', 'utmCampaign', 'utmTerm', 'utmContent'],
    },
    { label: 'Notes', fields: ['notes'] },
  ],
  quickCreate: ['name', 'contactName', 'companyName', 'email', 'phone', 'source', 'priority'],
})

export type Lead = Row<typeof lead>
