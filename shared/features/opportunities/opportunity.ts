import { defineEntity, type Row } from '../../kernel/entity'
import {
  choice,
  currency,
  day,
  instant,
  integer,
  list,
  money,
  ref,
  richText,
  tags,
  text,
} from '../../kernel/field'
import { priorities, sources } from '../choices'

/** What a stakeholder is in the decision to buy. */
export const stakeholderRoles = [
  'decision_maker',
  'champion',
  'influencer',
  'user',
  'blocker',
  'economic_buyer',
] as const

export const forecastCategories = ['pipeline', 'best_case', 'commit', 'closed', 'omitted'] as const

export const opportunity = defineEntity({
  name: 'opportunity',
  plural: 'opportunities',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  icon: 'coin',
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    accountId: ref('Account', 'account', { index: true }),
    contactId: ref('Contact', 'contact', { index: true }),
    pipelineId: ref('Pipeline', 'pipeline', { index: true }),
    stageId: ref('Stage', 'stage', { index: true }),
    stageEnteredAt: instant('In this stage since', { computed: true }),
    amount: money('Amount', { min: 0, currencyField: 'currency' }),
    currency: currency('Currency'),
    probability: integer('Probability', { min: 0, max: 100, unit: '%' }),
    closeDate: day('Expected close', { index: true }),
    opportunityType: choice('Type', [
      'new_business',
      'existing_business',
      'renewal',
      'upsell',
      'cross_sell',
    ]),
    priority: choice('Priority', priorities, { default: 'medium' }),
    forecastCategory: choice('Forecast category', forecastCategories),
    source: choice('Source', sources),
    nextStep: text('Next step', { search: true }),
    stakeholders: list('Stakeholders', {
      contactId: ref('Contact', 'contact', { required: true }),
      role: choice('Role', stakeholderRoles),
    }),
    competitors: list('Competitors', {
      name: text('Name', { required: true }),
      note: text('Note'),
    }),
    leadId: ref('Lead', 'lead', { index: true }),
    lostReason: text('Lost reason', { search: true }),
    wonReason: text('Won reason', { search: true }),
    wonAt: instant('Won', { index: true }),
    lostAt: instant('Lost'),
    ownerId: ref('Owner', 'user', { index: true }),
    tags: tags('Tags'),
    notes: richText('Notes', { search: true }),
  },
  list: {
    columns: ['name', 'accountId', 'stageId', 'amount', 'probability', 'closeDate', 'ownerId'],
    sort: '-createdAt',
    filters: [
      'pipelineId',
      'stageId',
      'accountId',
      'priority',
      'ownerId',
      'forecastCategory',
      'closeDate',
      'tags',
    ],
  },
  sections: [
    {
      label: 'Key fields',
      fields: [
        'name',
        'accountId',
        'contactId',
        'pipelineId',
        'stageId',
        'amount',
        'currency',
        'probability',
        'closeDate',
        'ownerId',
        'tags',
      ],
    },
    {
      label: 'Qualification',
      fields: [
        'opportunityType',
        'priority',
        'forecastCategory',
        'source',
        'nextStep',
        'leadId',
        'stageEnteredAt',
      ],
    },
    { label: 'People and rivals', fields: ['stakeholders', 'competitors'] },
    { label: 'Outcome', fields: ['wonAt', 'wonReason', 'lostAt', 'lostReason'] },
    { label: 'Notes', fields: ['notes'] },
  ],
  quickCreate: ['name', 'accountId', 'contactId', 'amount', 'closeDate', 'pipelineId', 'stageId'],
})

export type Opportunity = Row<typeof opportunity>
