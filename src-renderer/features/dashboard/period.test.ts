import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOfLocalDay } from '../../kernel/local-day'
import { periods, spanOf } from './period'

const at = (day: string, time = '12:00:00') => new Date(`${day}T${time}`).getTime()

describe('the span of a period', () => {
  it('is the month, quarter or year in which today lies', () => {
    const spans = periods.map((period) => spanOf(period, at('2026-05-17')))
    expect(spans.map(({ from, to }) => [from, to])).toEqual([
      ['2026-05-01', '2026-05-31'],
      ['2026-04-01', '2026-06-30'],
      ['2026-01-01', '2026-12-31'],
    ])
  })

  it('goes over the turn of the year', () => {
    expect(spanOf('month', at('2026-12-31', '23:59:59'))).toMatchObject({
      to: '2026-12-31',
      end: startOfLocalDay('2027-01-01'),
    })
  })

  it('holds every moment of its days by the clock of this machine', () => {
    const moments = fc.date({
      min: new Date(2000, 0, 1),
      max: new Date(2100, 0, 1),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, fc.constantFrom(...periods), (moment, period) => {
        const { start, end } = spanOf(period, moment.getTime())
        const iso = moment.toISOString()
        expect(start <= iso && iso < end).toBe(true)
      }),
    )
  })
})
