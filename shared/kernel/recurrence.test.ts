import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  frequencies,
  isRecurrence,
  nextOccurrence,
  occurrencesWithin,
  readRecurrence,
  weekdays,
  writeRecurrence,
} from './recurrence'

describe('a recurrence', () => {
  it('follows the rules of RFC 5545', () => {
    const friday = '2026-03-13T08:00:00.000Z'
    expect(nextOccurrence('FREQ=WEEKLY;BYDAY=MO,FR', friday)?.due).toBe('2026-03-16T08:00:00.000Z')
    expect(nextOccurrence('FREQ=MONTHLY;BYMONTHDAY=31', friday)?.due).toBe(
      '2026-03-31T08:00:00.000Z',
    )
    expect(nextOccurrence('FREQ=DAILY;UNTIL=20260313T080000Z', friday)).toBeUndefined()
    expect(nextOccurrence('FREQ=DAILY;COUNT=1', friday)).toBeUndefined()
    expect(isRecurrence('RRULE:FREQ=YEARLY')).toBe(true)
  })

  it('keeps its time of day and its weekday where the clocks change', () => {
    // Berlin left winter time on 29 March 2026.
    const friday = '2026-03-27T08:00:00.000Z'
    expect(nextOccurrence('FREQ=WEEKLY', friday, 'Europe/Berlin')?.due).toBe(
      '2026-04-03T07:00:00.000Z',
    )
    expect(nextOccurrence('FREQ=WEEKLY', friday, 'UTC')?.due).toBe('2026-04-03T08:00:00.000Z')
    // Half past midnight on Monday is Sunday in UTC.
    const monday = '2026-01-04T23:30:00.000Z'
    expect(nextOccurrence('FREQ=WEEKLY;BYDAY=MO', monday, 'Europe/Berlin')?.due).toBe(
      '2026-01-11T23:30:00.000Z',
    )
    expect(
      occurrencesWithin('FREQ=DAILY', '2026-03-28T08:00:00.000Z', {
        from: '2026-03-28T00:00:00.000Z',
        to: '2026-03-30T00:00:00.000Z',
        zone: 'Europe/Berlin',
      }),
    ).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z'])
  })

  it('lists its times within a span', () => {
    expect(
      occurrencesWithin('FREQ=DAILY', '2026-03-01T08:00:00.000Z', {
        from: '2026-03-10T00:00:00.000Z',
        to: '2026-03-12T00:00:00.000Z',
        zone: 'UTC',
      }),
    ).toEqual(['2026-03-10T08:00:00.000Z', '2026-03-11T08:00:00.000Z'])
  })

  it('put together from parts is a rule and is taken apart into the same parts', () => {
    const frequency = fc.constantFrom(...frequencies)
    const end = fc.oneof(
      fc.constant({}),
      fc.record({ count: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ until: fc.constantFrom('2026-12-31', '2028-02-29') }),
    )
    const days = fc.subarray([...weekdays])
    fc.assert(
      fc.property(
        frequency,
        fc.integer({ min: 1, max: 99 }),
        days,
        end,
        (own, interval, on, last) => {
          const parts = {
            frequency: own,
            interval,
            weekdays: own === 'WEEKLY' ? on : [],
            ...last,
          }
          const rule = writeRecurrence(parts)
          expect(isRecurrence(rule)).toBe(true)
          expect(readRecurrence(rule)).toEqual(parts)
        },
      ),
    )
  })

  it('with more to it than the parts can say is not taken apart', () => {
    for (const rule of [
      'FREQ=MONTHLY;BYDAY=-1FR',
      'FREQ=MONTHLY;BYMONTHDAY=31',
      'FREQ=HOURLY',
      'every Tuesday',
    ])
      expect(readRecurrence(rule), rule).toBeUndefined()
  })

  it('until a day counts that day in', () => {
    const rule = writeRecurrence({
      frequency: 'DAILY',
      interval: 1,
      weekdays: [],
      until: '2026-03-14',
    })
    expect(nextOccurrence(rule, '2026-03-13T20:00:00.000Z')?.due).toBe('2026-03-14T20:00:00.000Z')
    expect(nextOccurrence(rule, '2026-03-14T20:00:00.000Z')).toBeUndefined()
  })
})
