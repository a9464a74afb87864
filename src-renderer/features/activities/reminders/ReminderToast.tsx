import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { useNow } from '../../../kernel/use-now'
import { formatWhen } from '../../../ui/format'

type Props = {
  row: AnyRow
  onOpen: () => void
  onLater: () => void
  onDone: () => void
  /** Asks for leave to remind outside of the window as well; absent where that is settled. */
  onAllow?: () => void
}

/** What is due, and what one does about it. */
export const ReminderToast = ({ row, onOpen, onLater, onDone, onAllow }: Props) => {
  const now = useNow()
  const { t } = useTranslation('tasks')
  return (
    <div>
      <Text size="sm" fw={500} lineClamp={2}>
        {titleOf(activity, row)}
      </Text>
      {typeof row.dueDate === 'string' ? (
        <Text size="xs" c="var(--text-quiet)">
          {[formatWhen(row.dueDate, now), row.location].filter(Boolean).join(' · ')}
        </Text>
      ) : null}
      <Group gap={6} mt={6}>
        <Button variant="light" size="compact-xs" onClick={onOpen}>
          {t('reminder.open')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={onLater}>
          {t('reminder.later')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={onDone}>
          {t('reminder.done')}
        </Button>
        {onAllow ? (
          <Button variant="subtle" size="compact-xs" onClick={onAllow}>
            {t('reminder.allow')}
          </Button>
        ) : null}
      </Group>
    </div>
  )
}
