/** Activities that were put off are out of sight until then. */

const minuteMs = 60_000

/** The condition of those that are not, by the minute, so that lists need not be asked anew all the time. */
export const awakeAt = (now: number) => ({
  field: 'snoozedUntil',
  operator: 'notAfter' as const,
  value: new Date(Math.floor(now / minuteMs) * minuteMs).toISOString(),
})

/** The condition of those that are. */
export const snoozedAt = (now: number) => ({ ...awakeAt(now), operator: 'gt' as const })
