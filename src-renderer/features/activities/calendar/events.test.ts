import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activity } from '../../../../shared/features/activities/activity'
import { minutesOf } from '../../../../shared/features/activities/ical'
import { newRow } from '../../../../shared/kernel/rules'
import { fromLocalText, movedTo, toEvents, toLocalText } from './events'

const local = (text: string) => new Date(text).toISOString()
const span = { from: local('2026-03-01T00:00:00'), to: local('2026-03-31T23:59:59') }
const row = (set: { [field: string]: unknown }) =>
  newRow(activity, 'a', { subject: 'Call Ada', activityType: 'call', ...set })

describe('activities in the calendar', () => {
  it('stand at their time and take as long as they say, or as usual', () => {
    const dueDate = local('2026-03-10T09:30:00')
    const [call] = toEvents([row({ dueDate })], span)
    const [long] = toEvents([row({ dueDate, duration: 90 })], span)
    expect([call?.start, call?.end, long?.end]).toEqual([
      '2026-03-10 09:30:00',
      '2026-03-10 10:00:00',
      '2026-03-10 11:00:00',
    ])
  })

  it('fill the day where they last all of it, and are not there without a date', () => {
    const dueDate = local('2026-03-10T09:30:00')
    const events = toEvents([row({ dueDate, allDay: true }), row({ dueDate: null })], span)
    expect(events.map(({ start, end }) => [start, end])).toEqual([
      ['2026-03-10 00:00:00', '2026-03-11 00:00:00'],
    ])
  })

  it('repeat within the span; only the next one can be moved', () => {
    const dueDate = local('2026-03-02T10:00:00')
    const events = toEvents([row({ dueDate, recurrence: 'FREQ=WEEKLY;COUNT=3' })], span)
    expect(events.map(({ payload }) => payload?.isFirst)).toEqual([true, false, false])
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })

  it('keep the usual length when moved, and say another when stretched', () => {
    const call = row({ dueDate: local('2026-03-10T09:30:00') })
    const start = '2026-03-11 14:00:00'
    const dueDate = local('2026-03-11T14:00:00')
    expect(movedTo(call, { start, end: '2026-03-11 14:30:00' })).toEqual({ dueDate })
    expect(movedTo(call, { start, end: '2026-03-11 15:15:00' })).toEqual({ dueDate, duration: 75 })
  })

  it('are long enough to be read, and keep their own length when moved', () => {
    const call = row({ dueDate: local('2026-03-10T09:30:00'), duration: 10 })
    const [shown] = toEvents([call], span)
    expect(shown?.end).toBe('2026-03-10 09:55:00')
    const moved = movedTo(call, { start: '2026-03-11 14:00:00', end: '2026-03-11 14:25:00' })
    expect(moved).toEqual({ dueDate: local('2026-03-11T14:00:00') })
  })

  it('come back to where they were whatever the time', () => {
    const times = fc.date({
      min: new Date(2000, 0, 1),
      max: new Date(2100, 0, 1),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 600 }), (time, duration) => {
        const dueDate = new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString()
        expect(fromLocalText(toLocalText(Date.parse(dueDate)))).toBe(dueDate)
        const one = row({ dueDate, duration })
        expect(minutesOf(one)).toBe(duration)
      }),
    )
  })
})
