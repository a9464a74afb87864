/** Which activities remind of themselves, and when. */
import type { AnyRow } from '../../../../shared/kernel/entity'

const minuteMs = 60_000

/** Older ones are not told any more: the inbox shows them as overdue. */
export const staleMs = 24 * 60 * minuteMs

const timeOf = (value: unknown): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/**
 * When an open activity reminds, as a time in milliseconds: where it was put off at the end of that,
 * otherwise so many minutes before it is due.
 */
export const reminderTime = (row: AnyRow): number | undefined => {
  if (row.status !== 'scheduled' && row.status !== 'in_progress') return undefined
  const due = timeOf(row.dueDate)
  const minutes = row.reminderMinutes
  const before =
    due !== undefined && typeof minutes === 'number' ? due - minutes * minuteMs : undefined
  return timeOf(row.snoozedUntil) ?? before
}

export type Reminder = { key: string; row: AnyRow }

/** The reminders to be shown now, the earliest first, without those that were seen. */
export const dueReminders = (
  rows: readonly AnyRow[],
  now: number,
  seen: ReadonlySet<string>,
): Reminder[] =>
  rows
    .flatMap((row) => {
      const time = reminderTime(row)
      return time !== undefined && time <= now && time > now - staleMs
        ? [{ key: `${row.id}@${time}`, row, time }]
        : []
    })
    .filter(({ key }) => !seen.has(key))
    .sort((one, other) => one.time - other.time)
