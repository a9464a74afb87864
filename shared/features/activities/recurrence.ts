/** Repeating activities by RFC 5545 rules (`FREQ=WEEKLY;BYDAY=MO`). */
import * as library from 'rrule'

// Node takes the library's CommonJS build, where all names stand below `default`; bundlers take the other.
const { RRule } = (
  'RRule' in library ? library : Reflect.get(library, 'default')
) as typeof import('rrule')

const parse = (rule: string, due: string) => {
  try {
    const options = RRule.parseString(rule.replace(/^RRULE:/i, ''))
    if (options.freq === undefined) return undefined
    return { options, rule: new RRule({ ...options, dtstart: new Date(due) }) }
  } catch {
    // Not a rule: the caller says so.
    return undefined
  }
}

/** Whether a text is a recurrence rule that can be followed. */
export const isRecurrence = (rule: string): boolean =>
  parse(rule, '2026-01-01T00:00:00.000Z') !== undefined

/** The next time after `due`, with the rule that goes on from there; `undefined` after the last one. */
export const nextOccurrence = (
  rule: string,
  due: string,
): { due: string; rule: string } | undefined => {
  const parsed = parse(rule, due)
  const next = parsed?.rule.after(new Date(due))
  if (!parsed || !next) return undefined
  const { count } = parsed.options
  const options = count ? { ...parsed.options, count: count - 1 } : parsed.options
  const text = RRule.optionsToString(options).replace(/^RRULE:/, '')
  return { due: next.toISOString(), rule: text }
}

/** All times from `due` on within a span, at most 500: for calendars. */
export const occurrencesWithin = (
  rule: string,
  due: string,
  { from, to }: { from: string; to: string },
): string[] => {
  const parsed = parse(rule, due)
  if (!parsed) return []
  return parsed.rule
    .between(new Date(from), new Date(to), true, (_, index) => index < 500)
    .map((time) => time.toISOString())
}

/** What the rule says, in words: `every week on Monday`. */
export const describeRecurrence = (rule: string): string =>
  parse(rule, '2026-01-01T00:00:00.000Z')?.rule.toText() ?? rule
