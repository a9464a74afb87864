/** Repeating activities by RFC 5545 rules (`FREQ=WEEKLY;BYDAY=MO`). */
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import * as library from 'rrule'

// Node takes the library's CommonJS build, where all names stand below `default`; bundlers take the other.
const { RRule } = (
  'RRule' in library ? library : Reflect.get(library, 'default')
) as typeof import('rrule')

dayjs.extend(utc)
dayjs.extend(timezone)

/** The IANA zone of this machine. */
const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

// A meeting at nine stays at nine when the clocks change: rules are followed on the wall clock, whose
// reading the library gets as if it were UTC. The end of a rule is a day on that clock as well.
const toWall = (iso: string, zone: string): Date => dayjs(iso).tz(zone).utc(true).toDate()
const fromWall = (wall: Date, zone: string): string =>
  dayjs.utc(wall).tz(zone, true).toDate().toISOString()

const parse = (rule: string, start: Date) => {
  try {
    const options = RRule.parseString(rule.replace(/^RRULE:/i, ''))
    if (options.freq === undefined) return undefined
    return { options, rule: new RRule({ ...options, dtstart: start }) }
  } catch {
    // Not a rule: the caller says so.
    return undefined
  }
}

/** Whether a text is a recurrence rule that can be followed. */
export const isRecurrence = (rule: string): boolean => parse(rule, new Date(0)) !== undefined

/**
 * The next time after `due`, with the rule that goes on from there; `undefined` after the last one.
 * Days and times of day are those of the zone.
 */
export const nextOccurrence = (
  rule: string,
  due: string,
  zone = ownZone(),
): { due: string; rule: string } | undefined => {
  const start = toWall(due, zone)
  const parsed = parse(rule, start)
  const next = parsed?.rule.after(start)
  if (!parsed || !next) return undefined
  const { count } = parsed.options
  const options = count ? { ...parsed.options, count: count - 1 } : parsed.options
  const text = RRule.optionsToString(options).replace(/^RRULE:/, '')
  return { due: fromWall(next, zone), rule: text }
}

/** All times from `due` on within a span, at most 500: for calendars. */
export const occurrencesWithin = (
  rule: string,
  due: string,
  { from, to, zone = ownZone() }: { from: string; to: string; zone?: string },
): string[] => {
  const parsed = parse(rule, toWall(due, zone))
  if (!parsed) return []
  return parsed.rule
    .between(toWall(from, zone), toWall(to, zone), true, (_, index) => index < 500)
    .map((time) => fromWall(time, zone))
}

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** The rules that people put together from a few choices; RFC 5545 knows many more. */
export type RecurrenceParts = {
  frequency: (typeof frequencies)[number]
  /** Every how many days, weeks, months or years; at least 1. */
  interval: number
  /** Of weekly rules alone; empty for the weekday of the first time. */
  weekdays: (typeof weekdays)[number][]
  /** How many times at all, or until which day (`YYYY-MM-DD`, inclusive); at most one of both. */
  count?: number
  until?: string
}

const untilPattern = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/

const among = <T extends string>(known: readonly T[], text: string | undefined): T | undefined =>
  known.find((one) => one === text)

const known = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'COUNT', 'UNTIL', 'WKST'])

/** Takes a rule apart; `undefined` for one that has more to it than the parts can say. */
export const readRecurrence = (rule: string): RecurrenceParts | undefined => {
  const pairs = rule
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')
  const values = new Map(pairs.map((pair) => pair.split('=') as [string, string]))
  const frequency = among(frequencies, values.get('FREQ'))
  const days = (values.get('BYDAY') ?? '').split(',').filter((day) => day !== '')
  const chosen = days.flatMap((day) => among(weekdays, day) ?? [])
  const until = untilPattern.exec(values.get('UNTIL') ?? '')
  const isPlain =
    [...values.keys()].every((key) => known.has(key)) &&
    chosen.length === days.length &&
    (days.length === 0 || frequency === 'WEEKLY')
  if (!frequency || !isPlain || !isRecurrence(rule)) return undefined
  return {
    frequency,
    interval: Number(values.get('INTERVAL') ?? 1),
    weekdays: weekdays.filter((day) => chosen.includes(day)),
    ...(values.has('COUNT') ? { count: Number(values.get('COUNT')) } : {}),
    ...(until ? { until: `${until[1]}-${until[2]}-${until[3]}` } : {}),
  }
}

/** Puts a rule together; the last day counts to its end. */
export const writeRecurrence = (parts: RecurrenceParts): string =>
  [
    `FREQ=${parts.frequency}`,
    parts.interval > 1 ? `INTERVAL=${parts.interval}` : '',
    parts.frequency === 'WEEKLY' && parts.weekdays.length > 0
      ? `BYDAY=${weekdays.filter((day) => parts.weekdays.includes(day)).join(',')}`
      : '',
    parts.count ? `COUNT=${parts.count}` : '',
    parts.until && !parts.count ? `UNTIL=${parts.until.replaceAll('-', '')}T235959Z` : '',
  ]
    .filter((part) => part !== '')
    .join(';')
