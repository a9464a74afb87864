import { describe, expect, it } from 'vitest'
import { activity } from '../../../../shared/features/activities/activity'
import { newRow } from '../../../../shared/kernel/rules'
import { dueReminders, reminderTime } from './due-reminders'

const now = Date.parse('2026-03-09T08:00:00.000Z')

const call = (values: { [field: string]: unknown }) =>
  newRow(activity, 'call', {
    status: 'scheduled',
    dueDate: '2026-03-09T08:15:00.000Z',
    reminderMinutes: 15,
    ...values,
  })

const keysAt = (time: number, ...rows: ReturnType<typeof call>[]) =>
  dueReminders(rows, time, new Set()).map(({ key }) => key)

describe('a reminder', () => {
  it('comes so many minutes before the activity is due, and not earlier', () => {
    expect(keysAt(now - 1, call({}))).toEqual([])
    expect(keysAt(now, call({}))).toEqual([`call@${now}`])
    expect(keysAt(now, call({ reminderMinutes: 0 }))).toEqual([])
  })

  it('comes at the end of a snooze, whatever was set before', () => {
    const row = call({ snoozedUntil: '2026-03-09T09:00:00.000Z' })
    expect(keysAt(now, row)).toEqual([])
    expect(keysAt(now + 3600_000, row)).toHaveLength(1)
    expect(reminderTime(call({ dueDate: null, reminderMinutes: null }))).toBeUndefined()
  })

  it('is not shown for what is done, nor twice, nor a day late', () => {
    expect(keysAt(now, call({ status: 'completed' }))).toEqual([])
    expect(dueReminders([call({})], now, new Set([`call@${now}`]))).toEqual([])
    expect(keysAt(now + 24 * 3600_000, call({}))).toEqual([])
  })

  it('of an activity that was moved comes again', () => {
    const seen = new Set([`call@${now}`])
    const moved = call({ dueDate: '2026-03-09T10:15:00.000Z' })
    expect(dueReminders([moved], now + 2 * 3600_000, seen)).toHaveLength(1)
  })
})
