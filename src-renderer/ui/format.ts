/** Values for people, by the locale of this machine. */

/** The machine's locale. */
export const locale = (): string => navigator.language || 'en'

/** A format for each set of options, made once: making one takes as long as formatting a hundred values. */
const madeOnce = <O extends object, F>(make: (options: O) => F): ((options: O) => F) => {
  const made = new Map<string, F>()
  return (options) => {
    const key = JSON.stringify(options)
    const format = made.get(key) ?? make(options)
    made.set(key, format)
    return format
  }
}

const dateFormat = madeOnce(
  (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), options),
)

const numberFormat = madeOnce(
  (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale(), options),
)

/** `14 Mar 2026`; days carry no zone and are shown as they are. */
export const formatDay = (day: string): string =>
  dateFormat({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** A number with up to four decimals. */
export const formatDecimal = (value: number): string =>
  numberFormat({ maximumFractionDigits: 4 }).format(value)

/** A share from 0 to 1 as whole per cent: `43 %`. */
export const formatShare = (share: number): string =>
  numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(share)

const byteUnits = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const

/** `0.6 kB`, `12.4 kB`, `3 MB`, `10.7 GB`. */
export const formatBytes = (bytes: number): string => {
  const [unit, size] = byteUnits.find(([, one]) => bytes >= one) ?? byteUnits[2]
  return numberFormat({ style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size)
}

/** `March 2026` of `2026-03`. */
export const formatMonth = (month: string): string =>
  dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )

/** The exact time, for titles: `14 March 2026 at 09:30`. */
export const formatInstant = (iso: string): string =>
  dateFormat({ dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso))

const dayMs = 24 * 3600_000

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)

const spans = [
  ['year', 365 * dayMs],
  ['day', dayMs],
  ['hour', 3600_000],
  ['minute', 60_000],
] as const

/** A span of time in its greatest unit, rounded: `3 years`, `2 hours`. */
export const formatSpan = (ms: number): string => {
  const [unit, size] = spans.find(([, span]) => ms >= span) ?? ['minute', 60_000]
  return numberFormat({
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(ms / size)
}

const relative = new Map<string, Intl.RelativeTimeFormat>()

const relativeFormat = (): Intl.RelativeTimeFormat => {
  const known = relative.get(locale())
  if (known) return known
  const made = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  relative.set(locale(), made)
  return made
}

/** Short and relative: `5 min ago`, `today 14:00`, `tomorrow 09:30`, `3 Apr`, `3 Apr 2024`. */
export const formatWhen = (iso: string, now: number): string => {
  const time = Date.parse(iso)
  const days = Math.round((startOfDay(time) - startOfDay(now)) / dayMs)
  const minutes = Math.round((time - now) / 60_000)
  if (minutes <= 0 && minutes > -60) return relativeFormat().format(minutes, 'minute')
  if (Math.abs(days) <= 1) {
    const clock = dateFormat({ timeStyle: 'short' }).format(time)
    return `${relativeFormat().format(days, 'day')} ${clock}`
  }
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return dateFormat({
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time)
}

/** A whole number with the locale's separators. */
export const formatCount = (count: number): string => numberFormat({}).format(count)

/** `in_progress` to `In progress`. */
export const humanise = (value: string): string => {
  const words = value.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Up to two initials of a name. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
