/** Activities as an iCalendar file (RFC 5545): to be subscribed to, or taken along. */
import ical, { ICalAlarmType, ICalEventStatus } from 'ical-generator'
import { type AnyRow, titleOf } from '../../kernel/entity'
import { activity } from './activity'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const usualMinutes: { [kind: string]: number } = { meeting: 60, call: 30 }
const otherwiseMinutes = 30

/** How long an activity takes in minutes; one that does not say takes as long as its kind usually does. */
export const minutesOf = (row: AnyRow): number =>
  typeof row.duration === 'number' && row.duration > 0
    ? row.duration
    : (usualMinutes[String(row.activityType)] ?? otherwiseMinutes)

const statusOf = (row: AnyRow): ICalEventStatus =>
  row.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** The file; activities without a date are left out. `linkOf` says where one can be looked at. */
export const toCalendarFile = (
  rows: readonly AnyRow[],
  options: { name: string; linkOf: (id: string) => string | null },
): string => {
  const calendar = ical({
    name: options.name,
    prodId: { company: 'Roadbook', product: 'Roadbook' },
  })
  for (const row of rows) {
    if (typeof row.dueDate !== 'string') continue
    const start = new Date(row.dueDate)
    const changed = new Date(row.updatedAt ?? row.createdAt ?? row.dueDate)
    const event = calendar.createEvent({
      id: `${row.id}@roadbook`,
      summary: titleOf(activity, row),
      description: textOf(row.description),
      location: textOf(row.location),
      url: options.linkOf(row.id),
      start,
      end: new Date(start.getTime() + (row.allDay === true ? dayMs : minutesOf(row) * minuteMs)),
      allDay: row.allDay === true,
      status: statusOf(row),
      // The time of the change, not of the request: an unchanged file stays the same to the byte.
      stamp: changed,
      lastModified: changed,
    })
    if (typeof row.recurrence === 'string')
      event.repeating(`RRULE:${row.recurrence.replace(/^RRULE:/i, '')}`)
    if (typeof row.reminderMinutes === 'number')
      event.createAlarm({
        type: ICalAlarmType.display,
        triggerBefore: row.reminderMinutes * 60,
        description: titleOf(activity, row),
      })
  }
  return calendar.toString()
}
