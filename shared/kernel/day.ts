/** Calendar days as `YYYY-MM-DD`: arithmetic without time zones. */

const dayMs = 24 * 3600_000

/** The day of an instant in UTC. */
export const dayOf = (instant: string): string => instant.slice(0, 10)

/** A day some days later, or earlier for a negative number. */
export const addDays = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString())

/** The first day of a month some months later: `2026-12` plus 1 gives `2027-01-01`. */
export const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return dayOf(new Date(Date.UTC(year, month - 1 + months, 1)).toISOString())
}

/** `2026-03` of `2026-03-14`. */
export const monthOf = (day: string): string => day.slice(0, 7)

/** Whole days from one instant to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / dayMs)
