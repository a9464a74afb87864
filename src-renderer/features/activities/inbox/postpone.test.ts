import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { postponedTo, postponements } from './postpone'

const at = (text: string) => new Date(text).getTime()
const local = (iso: string | undefined) => iso && new Date(iso).toString().slice(0, 21)

describe('putting off', () => {
  it('goes to the full hour some hours later, to the next morning, and to Monday', () => {
    const friday = at('2026-11-27T10:20:00')
    expect(postponements.map((choice) => local(postponedTo(choice, friday)))).toEqual([
      'Fri Nov 27 2026 13:00',
      'Sat Nov 28 2026 09:00',
      'Mon Nov 30 2026 09:00',
      'Fri Dec 11 2026 09:00',
    ])
  })

  it('on a Monday goes to the Monday after', () => {
    expect(local(postponedTo('nextWeek', at('2026-11-30T08:00:00')))).toBe('Mon Dec 07 2026 09:00')
  })

  it('knows no later today late in the evening', () => {
    expect(postponedTo('laterToday', at('2026-11-27T21:30:00'))).toBeUndefined()
  })

  it('never goes back, and a week is never more than seven days off', () => {
    const moments = fc.date({
      min: new Date(2000, 0, 1),
      max: new Date(2100, 0, 1),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, (moment) => {
        const time = moment.getTime()
        for (const choice of postponements) {
          const then = postponedTo(choice, time)
          if (then !== undefined) expect(Date.parse(then)).toBeGreaterThan(time)
        }
        const monday = new Date(postponedTo('nextWeek', time) ?? 0)
        expect(monday.getDay()).toBe(1)
        expect(monday.getTime() - time).toBeLessThanOrEqual(7.5 * 24 * 3600_000)
      }),
    )
  })
})
