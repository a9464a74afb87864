/** What a quota asks for in a span of time. */
import { addDays, addMonths } from '../../kernel/day'
import type { Quota } from './quota'

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** First and last day of a quota's period. */
export const periodOf = ({
  startOn,
  period,
}: Pick<Quota, 'startOn' | 'period'>): { from: string; to: string } => {
  const from = startOn ?? ''
  const months = monthsOf[period ?? 'month']
  // A period may start in the middle of a month: it ends the day before that day some months later.
  const day = Number(from.slice(8, 10)) || 1
  const next = addDays(addMonths(from, months), day - 1)
  return { from, to: addDays(next, -1) }
}

/** Whether a quota speaks of that month (`YYYY-MM`), and its share of one month in minor units. */
export const monthlyTarget = (quota: Quota, month: string): number => {
  const { from, to } = periodOf(quota)
  if (`${month}-31` < from || `${month}-01` > to) return 0
  return Math.round((quota.amount ?? 0) / monthsOf[quota.period ?? 'month'])
}
