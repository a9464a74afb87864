import { defineEntity, type Row } from '../../kernel/entity'
import { choice, flag, integer, list, longText, ref, text } from '../../kernel/field'
import { ruleOperators } from '../choices'
import { paletteColors } from '../tags/tag'

export const pipelineKinds = ['lead', 'opportunity'] as const

export const pipeline = defineEntity({
  name: 'pipeline',
  plural: 'pipelines',
  label: 'Pipeline',
  labelPlural: 'Pipelines',
  icon: 'timeline',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    kind: choice('For', pipelineKinds, { hint: 'Empty: leads and opportunities' }),
    isDefault: flag('Default', { example: false }),
    active: flag('Active', { default: true }),
    description: longText('Description'),
    routingRules: list('Routing rules', {
      field: text('Field', { required: true }),
      operator: choice('Condition', ruleOperators, { required: true }),
      value: text('Value'),
    }),
  },
  list: {
    columns: ['name', 'kind', 'isDefault', 'active', 'description'],
    sort: 'name',
    filters: ['kind', 'active'],
  },
  quickCreate: ['name', 'kind', 'description'],
})

export const stageTypes = ['open', 'won', 'lost'] as const

export const stage = defineEntity({
  name: 'stage',
  plural: 'stages',
  label: 'Stage',
  labelPlural: 'Stages',
  icon: 'progress',
  isReference: true,
  rankField: 'sequence',
  isInternal: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    pipelineId: ref('Pipeline', 'pipeline', { required: true, index: true }),
    sequence: integer('Sequence', { min: 0, max: 10_000, default: 0 }),
    probability: integer('Probability', { min: 0, max: 100, default: 0, unit: '%' }),
    color: choice('Colour', paletteColors, { default: 'gray' }),
    stageType: choice('Type', stageTypes, { default: 'open' }),
    rottingDays: integer('Rots after', { min: 1, max: 3650, unit: 'days' }),
    exitCriteria: longText('Exit criteria'),
    requiredFields: list('Required fields', { field: text('Field', { required: true }) }),
  },
  list: {
    columns: ['name', 'pipelineId', 'sequence', 'probability', 'stageType', 'color'],
    sort: 'sequence',
    filters: ['pipelineId', 'stageType'],
  },
  quickCreate: ['name', 'pipelineId', 'sequence', 'probability', 'stageType', 'color'],
})

export type Pipeline = Row<typeof pipeline>
export type Stage = Row<typeof stage>
