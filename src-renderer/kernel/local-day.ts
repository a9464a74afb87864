/** Days by the calendar and the clock of this machine. */
import { addDays } from '../../shared/kernel/day'

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
