import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Quota } from '../quotas/quota'
import { monthlyTarget, periodOf } from '../quotas/target'
import { type ForecastInput, forecast, monthsBetween, weightedAmount } from './forecast'

const input = (values: Partial<ForecastInput>): ForecastInput => ({
  amount: 100_00,
  currency: 'EUR',
  probability: 50,
  closeDate: '2026-03-15',
  forecastCategory: 'pipeline',
  ownerId: 'sara',
  wonAt: null,
  lostAt: null,
  ...values,
})

const span = { from: '2026-01-01', to: '2026-06-30', currency: 'EUR' }

describe('the forecast', () => {
  it('weighs by probability and counts what is won in full', () => {
    const [euro] = forecast(
      [
        input({}),
        input({ amount: 40_00, wonAt: '2026-02-03T10:00:00.000Z', probability: 100 }),
        input({ amount: 99_00, lostAt: '2026-02-03T10:00:00.000Z' }),
        input({ amount: 99_00, forecastCategory: 'omitted' }),
        input({ amount: 99_00, closeDate: null }),
        input({ amount: 99_00, closeDate: '2026-07-01' }),
      ],
      span,
    )
    expect(euro?.total).toEqual({ count: 2, amount: 140_00, weighted: 90_00, won: 40_00 })
    expect(euro?.months.map(({ month, weighted }) => [month, weighted])).toEqual([
      ['2026-01', 0],
      ['2026-02', 40_00],
      ['2026-03', 50_00],
      ['2026-04', 0],
      ['2026-05', 0],
      ['2026-06', 0],
    ])
    expect(euro?.months[1]?.byCategory).toHaveProperty('closed')
    expect(euro?.months[2]?.byOwner.sara?.weighted).toBe(50_00)
  })

  it('keeps currencies apart, the own one first', () => {
    const parts = forecast([input({ currency: 'USD' }), input({ currency: null })], span)
    expect(parts.map(({ currency, total }) => [currency, total.count])).toEqual([
      ['EUR', 1],
      ['USD', 1],
    ])
  })

  it('adds up in every direction', () => {
    const anyInput = fc.record({
      amount: fc.option(fc.integer({ min: 0, max: 1e9 })),
      currency: fc.option(fc.constantFrom('EUR', 'USD')),
      probability: fc.option(fc.integer({ min: 0, max: 100 })),
      closeDate: fc.option(fc.constantFrom('2025-12-31', '2026-01-01', '2026-03-31', '2026-07-01')),
      forecastCategory: fc.option(fc.constantFrom('pipeline', 'commit', 'omitted')),
      ownerId: fc.option(fc.constantFrom('a', 'b')),
      wonAt: fc.option(fc.constantFrom('2026-02-28T23:59:59.000Z', '2025-11-01T00:00:00.000Z')),
      lostAt: fc.option(fc.constant('2026-02-01T00:00:00.000Z')),
    })
    fc.assert(
      fc.property(fc.array(anyInput), (rows) => {
        for (const { total, months } of forecast(rows, span)) {
          for (const key of ['count', 'amount', 'weighted', 'won'] as const) {
            const inMonths = months.reduce((sum, month) => sum + month[key], 0)
            expect(inMonths).toBe(total[key])
            for (const month of months)
              for (const parts of [month.byCategory, month.byOwner])
                expect(Object.values(parts).reduce((sum, part) => sum + part[key], 0)).toBe(
                  month[key],
                )
          }
          expect(total.weighted).toBeLessThanOrEqual(total.amount)
        }
      }),
    )
  })

  it('never weighs more than the amount', () => {
    expect(weightedAmount(input({ probability: null }))).toBe(0)
    expect(weightedAmount(input({ amount: 333, probability: 33 }))).toBe(110)
  })

  it('knows the months of a span', () => {
    expect(monthsBetween('2025-11-15', '2026-02-01')).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ])
  })
})

describe('a quota', () => {
  const quota = (values: Partial<Quota>) =>
    // Only what the target looks at.
    ({ startOn: '2026-01-01', period: 'quarter', amount: 90_000_00, ...values }) as Quota

  it('is spread evenly over the months of its period', () => {
    expect(periodOf(quota({}))).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(periodOf(quota({ startOn: '2026-01-15', period: 'month' })).to).toBe('2026-02-14')
    const months = ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04']
    expect(months.map((month) => monthlyTarget(quota({}), month))).toEqual([
      0, 30_000_00, 30_000_00, 30_000_00, 0,
    ])
  })
})
