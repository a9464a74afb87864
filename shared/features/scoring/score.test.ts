import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newRow } from '../../kernel/rules'
import { activity } from '../activities/activity'
import { lead } from '../leads/lead'
import { scoreLead } from './score'
import { fades, type ScoringRule, scoringRule } from './scoring-rule'

const now = Date.UTC(2026, 2, 1)
const day = 24 * 3600_000

const rule = (values: Partial<ScoringRule>): ScoringRule =>
  // A row of an entity has its shape.
  newRow(scoringRule, String(values.name), {
    active: true,
    kind: 'field',
    operator: 'equals',
    points: 10,
    ...values,
  }) as ScoringRule

const call = (daysAgo: number, set = {}) =>
  newRow(activity, String(daysAgo), {
    activityType: 'call',
    completedAt: new Date(now - daysAgo * day).toISOString(),
    ...set,
  })

const scored = (rules: ScoringRule[], activities = [call(0)], values = {}) =>
  scoreLead(newRow(lead, 'l', { name: 'Ada', ...values }), rules, { activities, now })

describe('a score', () => {
  it('is the sum of the rules that hold, the strongest first', () => {
    const rules = [
      rule({ name: 'Hot', field: 'rating', value: 'hot', points: 30 }),
      rule({ name: 'Cold', field: 'rating', value: 'cold', points: -30 }),
      rule({ name: 'Calls', kind: 'activity', activityType: 'call', points: 40 }),
    ]
    expect(scored(rules, [call(0)], { rating: 'hot' })).toEqual({
      score: 70,
      reasons: [
        { rule: 'Calls', points: 40 },
        { rule: 'Hot', points: 30 },
      ],
    })
  })

  it('halves after every half-life', () => {
    const recency = rule({ name: 'Recent', kind: 'recency', points: 40, halfLifeDays: 10 })
    expect([0, 10, 20].map((days) => scored([recency], [call(days)]).score)).toEqual([40, 20, 10])
  })

  it('counts neither what is cancelled, nor what lies ahead, nor what is too long ago', () => {
    const calls = rule({ name: 'Calls', kind: 'activity', points: 10, withinDays: 30 })
    const activities = [call(5), call(40), call(-3), call(2, { status: 'cancelled' })]
    expect(scored([calls], activities).score).toBe(10)
  })

  it('stops at the most points of a rule', () => {
    const calls = rule({ name: 'Calls', kind: 'activity', points: 10, maxPoints: 25 })
    expect(scored([calls], [call(1), call(2), call(3)]).score).toBe(25)
  })

  it('is a whole number between 0 and 1000 whatever the rules, and ignores inactive ones', () => {
    const rules = fc.array(
      fc.record({
        name: fc.string(),
        active: fc.boolean(),
        kind: fc.constantFrom('field' as const, 'activity' as const, 'recency' as const),
        field: fc.constantFrom('rating', 'email', 'nothing', null),
        operator: fc.constantFrom('equals' as const, 'is_empty' as const, 'less_than' as const),
        value: fc.option(fc.string()),
        points: fc.integer({ min: -1000, max: 1000 }),
        maxPoints: fc.option(fc.integer({ min: 0, max: 1000 })),
        halfLifeDays: fc.option(fc.integer({ min: 1, max: 3650 })),
      }),
    )
    fc.assert(
      fc.property(rules, fc.array(fc.integer({ min: -10, max: 400 })), (some, ages) => {
        const activities = ages.map((age) => call(age))
        const found = scored(some.map(rule), activities)
        expect(Number.isInteger(found.score) && found.score >= 0 && found.score <= 1000).toBe(true)
        const active = some.filter((one) => one.active)
        expect(scored(active.map(rule), activities)).toEqual(found)
      }),
    )
  })

  it('changes by time alone only where a rule looks at time', () => {
    expect(fades(rule({ name: 'Field', halfLifeDays: 3 }))).toBe(false)
    expect(fades(rule({ name: 'Calls', kind: 'activity' }))).toBe(false)
    expect(fades(rule({ name: 'Calls', kind: 'activity', withinDays: 3 }))).toBe(true)
  })
})
