import { defineEntity, type Row } from '../../kernel/entity'
import { choice, flag, integer, list, ref, text } from '../../kernel/field'
import { ruleOperators } from '../choices'

/** Who gets a lead that arrives without an owner. The first rule whose conditions all hold decides. */
export const assignmentRule = defineEntity({
  name: 'assignmentRule',
  plural: 'assignment-rules',
  label: 'Assignment rule',
  labelPlural: 'Assignment rules',
  icon: 'user-share',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    active: flag('Active', { default: true }),
    sequence: integer('Order', { min: 0, default: 0 }),
    method: choice('Method', ['round_robin', 'least_loaded', 'first'], {
      required: true,
      default: 'round_robin',
    }),
    conditions: list('Conditions', {
      field: text('Field', { required: true }),
      operator: choice('Condition', ruleOperators, { required: true }),
      value: text('Value'),
    }),
    users: list('Candidates', { userId: ref('User', 'user', { required: true }) }),
  },
  list: { columns: ['name', 'method', 'sequence', 'active'], sort: 'sequence' },
  quickCreate: ['name', 'method', 'sequence'],
})

export type AssignmentRule = Row<typeof assignmentRule>
