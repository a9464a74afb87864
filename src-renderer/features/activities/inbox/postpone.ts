/** The moments to which people put things off, by the clock of this machine. */

export const postponements = ['laterToday', 'tomorrow', 'nextWeek', 'inTwoWeeks'] as const

export type Postponement = (typeof postponements)[number]

const morningHour = 9
const laterHours = 3

const morning = (now: Date, days: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morningHour)

/** Days until the Monday after today. */
const daysToMonday = (now: Date): number => ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0)

/** Later today on the full hour, at least two hours ahead; late in the evening there is none left. */
const laterToday = (now: Date): Date | undefined => {
  const later = new Date(now)
  later.setHours(now.getHours() + laterHours, 0, 0, 0)
  return later.getDate() === now.getDate() ? later : undefined
}

/** RFC 3339 UTC of each; `undefined` where it cannot be any more. */
export const postponedTo = (choice: Postponement, time: number): string | undefined => {
  const now = new Date(time)
  const moments = {
    laterToday: () => laterToday(now),
    tomorrow: () => morning(now, 1),
    nextWeek: () => morning(now, daysToMonday(now)),
    inTwoWeeks: () => morning(now, 14),
  }
  return moments[choice]()?.toISOString()
}
