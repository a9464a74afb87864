/** The spans of time that a dashboard looks at, by this machine's calendar. */
import { addDays, addMonths } from '../../../shared/kernel/day'
import { localDay, startOfLocalDay } from '../../kernel/local-day'

export const periods = ['month', 'quarter', 'year'] as const

export type Period = (typeof periods)[number]

/** First and last day, both included, and the instants between which it lies (the end excluded). */
export type Span = { from: string; to: string; start: string; end: string }

const months = { month: 1, quarter: 3, year: 12 } as const

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
