import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { useCommit } from '../../../kernel/use-records'
import { formatWhen } from '../../../ui/format'
import type { Reminder } from './due-reminders'
import { ReminderToast } from './ReminderToast'
import { useReminders } from './use-reminders'

const laterMs = 10 * 60_000

const mayNotify = (): NotificationPermission | 'never' =>
  'Notification' in window ? Notification.permission : 'never'

/** Tells it outside of the window, where somebody works in another one. */
const notifyOutside = ({ key, row }: Reminder, onOpen: () => void): void => {
  if (document.hasFocus() || mayNotify() !== 'granted') return
  const due = typeof row.dueDate === 'string' ? formatWhen(row.dueDate, Date.now()) : ''
  // Windows of the same profile tell it under the same tag: it appears once.
  const outside = new Notification(titleOf(activity, row), { body: due, tag: key })
  outside.onclick = () => {
    window.focus()
    onOpen()
  }
}

/** Shows the reminders that are due, until somebody does something about them. */
export const Reminders = () => {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const commit = useCommit()
  const { reminders, see } = useReminders()
  const shown = useRef(new Set<string>())
  useEffect(() => {
    const act = (key: string, work: () => void) => () => {
      see(key)
      work()
    }
    const change = (row: AnyRow, label: string, set: { [field: string]: unknown }) =>
      void commit([{ entity: 'activity', id: row.id, set }], {
        label: t(label, { name: titleOf(activity, row) }),
        toast: true,
      })
    const open = ({ id }: AnyRow) =>
      void navigate({ to: '/$plural/$id', params: { plural: 'activities', id } })
    for (const reminder of reminders) {
      const { key, row } = reminder
      if (shown.current.has(key)) continue
      shown.current.add(key)
      notifyOutside(
        reminder,
        act(key, () => open(row)),
      )
      notifications.show({
        id: key,
        autoClose: false,
        withBorder: true,
        onClose: () => see(key),
        message: (
          <ReminderToast
            row={row}
            onOpen={act(key, () => open(row))}
            onLater={act(key, () =>
              change(row, 'snoozed', {
                snoozedUntil: new Date(Date.now() + laterMs).toISOString(),
              }),
            )}
            onDone={act(key, () => change(row, 'completed', { status: 'completed' }))}
            {...(mayNotify() === 'default'
              ? { onAllow: () => void Notification.requestPermission() }
              : {})}
          />
        ),
      })
    }
    // Seen in another window, done on another device, or moved: it need not be shown here any more.
    const due = new Set(reminders.map(({ key }) => key))
    for (const key of shown.current) {
      if (due.has(key)) continue
      shown.current.delete(key)
      notifications.hide(key)
    }
  }, [reminders, see, commit, navigate, t])
  return null
}
