/** Activities as blocks of a calendar, in this machine's time, and back. */
import type { ScheduleEventData } from '@mantine/schedule'
import { activity } from '../../../../shared/features/activities/activity'
import { minutesOf } from '../../../../shared/features/activities/ical'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { occurrencesWithin } from '../../../../shared/kernel/recurrence'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const colors: { [kind: string]: string } = {
  call: 'blue',
  meeting: 'violet',
  task: 'teal',
  email: 'indigo',
  note: 'gray',
}

/** A block that is shorter could not be read. */
const leastMinutes = 25

/** How long an activity looks in the calendar. */
const shownMinutes = (row: AnyRow): number => Math.max(minutesOf(row), leastMinutes)

const two = (value: number): string => String(value).padStart(2, '0')

/** `YYYY-MM-DD HH:mm:ss` by the clock of this machine, as the calendar takes it. */
export const toLocalText = (time: number): string => {
  const date = new Date(time)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** RFC 3339 UTC of what the calendar says. */
export const fromLocalText = (text: string): string =>
  new Date(text.replace(' ', 'T')).toISOString()

const block = (row: AnyRow, at: string): ScheduleEventData => {
  const begins = Date.parse(at)
  const day = new Date(begins).setHours(0, 0, 0, 0)
  const isDone = row.status === 'completed'
  const [start, end] =
    row.allDay === true ? [day, day + dayMs] : [begins, begins + shownMinutes(row) * minuteMs]
  const isFirst = at === row.dueDate
  return {
    id: isFirst ? row.id : `${row.id}@${at}`,
    title: `${isDone ? '✓ ' : ''}${titleOf(activity, row)}`,
    start: toLocalText(start),
    end: toLocalText(end),
    color: isDone ? 'gray' : (colors[String(row.activityType)] ?? 'gray'),
    // Only the next one of a series is a record; those after it come to be when it is done.
    payload: { activityId: row.id, isFirst },
  }
}

/** Every block between two instants; of a series all the times in between. */
export const toEvents = (
  rows: readonly AnyRow[],
  span: { from: string; to: string },
): ScheduleEventData[] =>
  rows.flatMap((row) => {
    const due = row.dueDate
    if (typeof due !== 'string') return []
    if (typeof row.recurrence !== 'string') return [block(row, due)]
    const times = occurrencesWithin(row.recurrence, due, span)
    return [...new Set([due, ...times])].map((at) => block(row, at))
  })

/** What a block that was moved or stretched means for its activity. */
export const movedTo = (
  row: AnyRow,
  { start, end }: { start: string; end: string },
): { [field: string]: unknown } => {
  const dueDate = fromLocalText(start)
  const minutes = Math.round((Date.parse(fromLocalText(end)) - Date.parse(dueDate)) / minuteMs)
  const isAllDay = minutes >= 24 * 60
  if (isAllDay) return { dueDate, allDay: true }
  const duration = minutes === shownMinutes(row) ? {} : { duration: minutes }
  return { dueDate, ...duration, ...(row.allDay === true ? { allDay: false } : {}) }
}
