/** Reads the reminders that are due, and remembers on this machine which were seen. */
import { useLocalStorage } from '@mantine/hooks'
import { useCallback, useMemo } from 'react'
import { useNow } from '../../../kernel/use-now'
import { useRecords } from '../../../kernel/use-records'
import { useSession } from '../../../kernel/use-store'
import type { ListCondition } from '../../../local/api'
import { dueReminders, type Reminder, staleMs } from './due-reminders'

const hourMs = 3600_000
/** The longest time ahead that a reminder can be set. */
const aheadMs = 28 * 24 * hourMs
const mostSeen = 200
const mostRead = 500

/** Bounds by the full hour, so that the same question is not asked anew all the time. */
const instant = (time: number): string => new Date(Math.floor(time / hourMs) * hourMs).toISOString()

const between = (field: string, from: number, to: number): ListCondition[] => [
  { field, operator: 'gte', value: instant(from) },
  { field, operator: 'lt', value: instant(to + hourMs) },
]

/** The reminders to be shown; seen ones are seen in every window. */
export const useReminders = (): { reminders: Reminder[]; see: (key: string) => void } => {
  const { userId } = useSession()
  const now = useNow()
  const [seen, setSeen] = useLocalStorage<string[]>({
    key: `roadbook.reminded.${userId}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const mine: ListCondition[] = [
    { field: 'ownerId', operator: 'eq', value: userId },
    { field: 'status', operator: 'in', value: ['scheduled', 'in_progress'] },
  ]
  const soon = useRecords({
    entity: 'activity',
    where: [
      ...mine,
      { field: 'reminderMinutes', operator: 'isNotEmpty' },
      ...between('dueDate', now - staleMs, now + aheadMs),
    ],
    limit: mostRead,
  })
  const snoozed = useRecords({
    entity: 'activity',
    where: [...mine, ...between('snoozedUntil', now - staleMs, now)],
    limit: mostRead,
  })
  const reminders = useMemo(() => {
    const rows = new Map([...soon.rows, ...snoozed.rows].map((row) => [row.id, row]))
    return dueReminders([...rows.values()], now, new Set(seen))
  }, [soon.rows, snoozed.rows, now, seen])
  const see = useCallback(
    (key: string) =>
      setSeen((keys) => (keys.includes(key) ? keys : [...keys, key].slice(-mostSeen))),
    [setSeen],
  )
  return { reminders, see }
}
