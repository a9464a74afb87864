import { defineEntity, type Row } from '../../kernel/entity'
import { choice, flag, integer, text } from '../../kernel/field'
import { ruleOperators } from '../choices'

/**
 * Points for leads. `field` looks at a value, `activity` counts activities of a type, `recency` at
 * how long ago the last activity was.
 */
export const scoringRule = defineEntity({
  name: 'scoringRule',
  plural: 'scoring-rules',
  label: 'Scoring rule',
  labelPlural: 'Scoring rules',
  icon: 'stars',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    active: flag('Active', { default: true }),
    kind: choice('Kind', ['field', 'activity', 'recency'], { required: true, default: 'field' }),
    field: text('Field'),
    operator: choice('Condition', ruleOperators, { default: 'equals' }),
    value: text('Value'),
    activityType: choice('Activity', ['call', 'meeting', 'task', 'email', 'note']),
    withinDays: integer('Within days', { min: 1, max: 3650 }),
    points: integer('Points', { min: -1000, max: 1000, required: true, default: 10 }),
    maxPoints: integer('At most', { min: 0, max: 1000 }),
    halfLifeDays: integer('Halves every days', { min: 1, max: 3650 }),
  },
  list: {
    columns: ['name', 'kind', 'points', 'active'],
    sort: 'name',
    filters: ['kind', 'active'],
  },
  quickCreate: ['name', 'kind', 'points'],
})

export type ScoringRule = Row<typeof scoringRule>

/** Whether the points of a rule change by time alone. */
export const fades = ({ kind, withinDays, halfLifeDays }: ScoringRule): boolean =>
  kind !== 'field' && (withinDays !== null || halfLifeDays !== null)
