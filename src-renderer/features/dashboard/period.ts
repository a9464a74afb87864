/** The spans of time that a dashboard looks at, by this machine's calendar. */
import { addDays, addMonths } from '../../../shared/kernel/day'

export const periods = ['month', 'quarter', 'year'] as const

export type Period = (typeof periods)[number]

/** First and last day, both included, and the instants between which it lies (the end excluded). */
export type Span = { from: string; to: string; start: string; end: string }

const months = { month: 1, quarter: 3, year: 12 } as const

const two = (value: number): string => String(value).padStart(2, '0')

/** The day of a moment here, not in UTC. */
export const localDay = (time: number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The instant at which a day begins here. */
export const startOfLocalDay = (day: string): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).toISOString()
}

/** The instant at which the day begins here that is some days after a moment. */
export const addLocalDay = (time: number, days: number): string =>
  startOfLocalDay(addDays(localDay(time), days))

/** The month, quarter or year in which a moment lies. */
export const spanOf = (period: Period, now: number): Span => {
  const today = localDay(now)
  const length = months[period]
  const month = Number(today.slice(5, 7)) - 1
  const from = addMonths(today, -(month % length))
  const next = addMonths(from, length)
  return {
    from,
    to: addDays(next, -1),
    start: startOfLocalDay(from),
    end: startOfLocalDay(next),
  }
}
