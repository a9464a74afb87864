import { defineEntity, type Row } from '../../kernel/entity'
import { choice, currency, day, money, ref, text } from '../../kernel/field'

/** What somebody, or everybody together where no user is named, shall win in a period. */
export const quota = defineEntity({
  name: 'quota',
  plural: 'quotas',
  label: 'Quota',
  labelPlural: 'Quotas',
  icon: 'target',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    userId: ref('User', 'user', { index: true }),
    pipelineId: ref('Pipeline', 'pipeline'),
    period: choice('Period', ['month', 'quarter', 'year'], { default: 'month', required: true }),
    startOn: day('Starts', { required: true, index: true }),
    amount: money('Amount', { min: 0, required: true, currencyField: 'currency' }),
    currency: currency('Currency'),
  },
  list: {
    columns: ['name', 'userId', 'pipelineId', 'period', 'startOn', 'amount'],
    sort: '-startOn',
    filters: ['userId', 'pipelineId', 'period'],
  },
  quickCreate: ['name', 'userId', 'period', 'startOn', 'amount', 'currency'],
})

export type Quota = Row<typeof quota>
