/** What is likely to come in: amounts by month, category and owner, whole and weighted by probability. */
import { addMonths, monthOf } from '../../kernel/day'

/** What the forecast needs of an opportunity; amounts in minor units. */
export type ForecastInput = {
  amount: number | null
  currency: string | null
  probability: number | null
  closeDate: string | null
  forecastCategory: string | null
  ownerId: string | null
  wonAt: string | null
  lostAt: string | null
}

export type ForecastSum = {
  count: number
  amount: number
  /** Amount times probability, rounded once an opportunity; what is won counts in full. */
  weighted: number
  won: number
}

export type ForecastMonth = ForecastSum & {
  /** `YYYY-MM` */
  month: string
  byCategory: { [category: string]: ForecastSum }
  byOwner: { [ownerId: string]: ForecastSum }
}

/** One currency's forecast: amounts in different currencies are never added up. */
export type Forecast = { currency: string; total: ForecastSum; months: ForecastMonth[] }

export const emptySum = (): ForecastSum => ({ count: 0, amount: 0, weighted: 0, won: 0 })

/** What an opportunity adds to the forecast, in minor units. */
export const weightedAmount = ({ amount, probability, wonAt }: ForecastInput): number => {
  const whole = amount ?? 0
  return wonAt ? whole : Math.round((whole * (probability ?? 0)) / 100)
}

const add = (sum: ForecastSum, row: ForecastInput): void => {
  sum.count += 1
  sum.amount += row.amount ?? 0
  sum.weighted += weightedAmount(row)
  if (row.wonAt) sum.won += row.amount ?? 0
}

const addTo = (sums: { [key: string]: ForecastSum }, key: string, row: ForecastInput): void => {
  const sum = sums[key] ?? emptySum()
  sums[key] = sum
  add(sum, row)
}

/** The months from one day's to another's, both included; at most 120. */
export const monthsBetween = (from: string, to: string): string[] => {
  const months: string[] = []
  for (let day = `${monthOf(from)}-01`; day <= to && months.length < 120; day = addMonths(day, 1))
    months.push(monthOf(day))
  return months
}

/** When an opportunity counts: won ones on the day they were won, others on the expected close. */
export const forecastDay = ({ wonAt, closeDate }: ForecastInput): string | null =>
  wonAt ? wonAt.slice(0, 10) : closeDate

const counts = (row: ForecastInput, from: string, to: string): boolean => {
  const day = forecastDay(row)
  return (
    day !== null &&
    day >= from &&
    day <= to &&
    row.lostAt === null &&
    row.forecastCategory !== 'omitted'
  )
}

/**
 * The forecast between two days, both included. Lost and omitted opportunities, and those without an
 * expected close, do not count. The workspace's currency always stands first.
 */
export const forecast = (
  rows: readonly ForecastInput[],
  { from, to, currency }: { from: string; to: string; currency: string },
): Forecast[] => {
  const make = (code: string): Forecast => ({
    currency: code,
    total: emptySum(),
    months: monthsBetween(from, to).map((month) => ({
      month,
      ...emptySum(),
      byCategory: {},
      byOwner: {},
    })),
  })
  const byCurrency = new Map([[currency, make(currency)]])
  for (const row of rows) {
    if (!counts(row, from, to)) continue
    const code = row.currency ?? currency
    const found = byCurrency.get(code) ?? make(code)
    byCurrency.set(code, found)
    const month = found.months.find((one) => one.month === monthOf(forecastDay(row) ?? ''))
    if (!month) continue
    add(found.total, row)
    add(month, row)
    addTo(month.byCategory, row.wonAt ? 'closed' : (row.forecastCategory ?? 'pipeline'), row)
    addTo(month.byOwner, row.ownerId ?? '', row)
  }
  return [...byCurrency.values()]
}
