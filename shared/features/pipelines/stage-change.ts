import { defineEntity, type Row } from '../../kernel/entity'
import { currency, instant, integer, money, ref, text } from '../../kernel/field'

/** One move of a lead or an opportunity from a stage to another; what happened is never edited. */
export const stageChange = defineEntity({
  name: 'stageChange',
  plural: 'stage-changes',
  label: 'Stage change',
  labelPlural: 'Stage changes',
  icon: 'arrows-right',
  isInternal: true,
  isPart: true,
  kind: 'append',
  titleFields: ['title'],
  fields: {
    title: text('Title', { required: true, search: true }),
    leadId: ref('Lead', 'lead', { index: true, inverse: null }),
    opportunityId: ref('Opportunity', 'opportunity', { index: true, inverse: null }),
    pipelineId: ref('Pipeline', 'pipeline', { inverse: null }),
    fromStageId: ref('From', 'stage', { inverse: null }),
    toStageId: ref('To', 'stage', { index: true, inverse: null }),
    at: instant('At', { index: true }),
    userId: ref('By', 'user', { inverse: null }),
    secondsBefore: integer('Seconds in the stage before', { min: 0 }),
    amount: money('Amount at that time', { currencyField: 'currency' }),
    currency: currency('Currency'),
  },
  list: {
    columns: ['title', 'fromStageId', 'toStageId', 'at', 'userId', 'amount'],
    sort: '-at',
    filters: ['toStageId', 'userId', 'leadId', 'opportunityId'],
  },
})

export type StageChange = Row<typeof stageChange>
