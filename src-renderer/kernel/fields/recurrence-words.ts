/** What a recurrence says, in words. */
import i18next from 'i18next'
import { type RecurrenceParts, readRecurrence, weekdays } from '../../../shared/kernel/recurrence'
import { formatDay, locale } from '../../ui/format'

// A Monday: the days of its week have the names of the days.
const monday = Date.UTC(2024, 0, 1)

/** The name of a day of the week in the reader's language. */
export const weekdayName = (
  day: RecurrenceParts['weekdays'][number],
  width: 'long' | 'short',
): string =>
  new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: 'UTC' }).format(
    monday + weekdays.indexOf(day) * 24 * 3600_000,
  )

const isWorkWeek = ({ weekdays: days }: RecurrenceParts): boolean =>
  days.join() === weekdays.slice(0, 5).join()

/** `Every 2 weeks on Monday and Friday, 10 times`; the rule itself where it says more than that. */
export const sayRecurrence = (rule: string): string => {
  const parts = readRecurrence(rule)
  if (!parts) return rule
  const { frequency, interval, count, until } = parts
  const t = i18next.getFixedT(null, 'records')
  const every =
    interval === 1 && isWorkWeek(parts)
      ? t('repeat.workdays')
      : t(`repeat.every.${frequency}`, { count: interval })
  const days = isWorkWeek(parts) && interval === 1 ? [] : parts.weekdays
  const on =
    days.length === 0
      ? ''
      : ` ${t('repeat.on', {
          days: new Intl.ListFormat(locale()).format(days.map((day) => weekdayName(day, 'long'))),
        })}`
  const end = count
    ? `, ${t('repeat.times', { count })}`
    : until
      ? `, ${t('repeat.untilDay', { day: formatDay(until) })}`
      : ''
  return every + on + end
}
