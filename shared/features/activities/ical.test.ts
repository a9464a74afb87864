import { expect, it } from 'vitest'
import { newRow } from '../../kernel/rules'
import { activity } from './activity'
import { toCalendarFile } from './ical'

const row = (set: { [field: string]: unknown }) =>
  newRow(activity, '01890000-0000-7000-8000-000000000001', {
    subject: 'Call; Ada, now',
    activityType: 'call',
    dueDate: '2026-03-10T09:30:00.000Z',
    updatedAt: '2026-03-01T00:00:00.000Z',
    ...set,
  })

const fileOf = (...rows: ReturnType<typeof row>[]) =>
  toCalendarFile(rows, { name: 'Sara', linkOf: (id) => `https://crm.example/activities/${id}` })

it('says when, how long, what and where, escaped as RFC 5545 asks', () => {
  const text = fileOf(row({ location: 'Room 1', description: 'Bring\nthe offer', duration: 45 }))
  expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true)
  for (const line of [
    'DTSTART:20260310T093000Z',
    'DTEND:20260310T101500Z',
    'SUMMARY:Call\\; Ada\\, now',
    'LOCATION:Room 1',
    'DESCRIPTION:Bring\\nthe offer',
    'UID:01890000-0000-7000-8000-000000000001@roadbook',
  ])
    expect(text).toContain(line)
  expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
})

it('repeats, reminds and fills whole days', () => {
  const text = fileOf(
    row({ recurrence: 'FREQ=WEEKLY;BYDAY=TU', reminderMinutes: 15, allDay: true }),
  )
  expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU')
  expect(text).toContain('TRIGGER:-PT15M')
  expect(text).toContain('DTSTART;VALUE=DATE:20260310')
})

it('leaves out what has no date, and is the same as long as nothing changes', () => {
  expect(fileOf(row({ dueDate: null }))).not.toContain('VEVENT')
  expect(fileOf(row({}))).toBe(fileOf(row({})))
})
