import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { IconClockPause } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { useNow } from '../../../kernel/use-now'
import { formatWhen } from '../../../ui/format'
import { postponedTo, postponements } from './postpone'

type Target = 'snoozedUntil' | 'dueDate'

type Props = {
  row: AnyRow
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onPostpone: (set: { [field: string]: string | null }) => void
}

const PickTime = ({
  target,
  onPick,
  onClose,
}: {
  target: Target
  onPick: (at: string) => void
  onClose: () => void
}) => {
  const { t } = useTranslation('tasks')
  const [at, setAt] = useState<string | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`pick.${target}`)}
      size="sm"
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <DateTimePicker
        label={t(`pick.${target}`)}
        size="xs"
        value={at}
        onChange={setAt}
        minDate={new Date()}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          disabled={at === null}
          onClick={() => {
            if (at !== null) onPick(new Date(at).toISOString())
          }}
        >
          {t(`do.${target}`)}
        </Button>
      </Group>
    </Modal>
  )
}

const targets = ['snoozedUntil', 'dueDate'] as const

/** Puts an activity out of sight until later, or moves the day on which it is due. */
export const PostponeMenu = ({ row, isOpen, onOpenChange, onPostpone }: Props) => {
  const now = useNow()
  const { t } = useTranslation('tasks')
  const [picking, setPicking] = useState<Target | null>(null)
  const isSnoozed = String(row.snoozedUntil ?? '') > new Date(now).toISOString()
  return (
    <>
      <Menu
        opened={isOpen}
        onChange={onOpenChange}
        position="bottom-end"
        width={260}
        returnFocus
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <ActionIcon aria-label={t('postpone', { name: titleOf(activity, row) })}>
            <IconClockPause size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {targets.map((target) => (
            <Fragment key={target}>
              <Menu.Label>{t(`to.${target}`)}</Menu.Label>
              {postponements.map((choice) => {
                const at = postponedTo(choice, now)
                return at === undefined ? null : (
                  <Menu.Item
                    key={choice}
                    rightSection={<small>{formatWhen(at, now)}</small>}
                    onClick={() => onPostpone({ [target]: at })}
                  >
                    {t(`when.${choice}`)}
                  </Menu.Item>
                )
              })}
              <Menu.Item onClick={() => setPicking(target)}>{t('when.pick')}</Menu.Item>
            </Fragment>
          ))}
          {isSnoozed ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => onPostpone({ snoozedUntil: null })}>{t('wake')}</Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {picking ? (
        <PickTime
          target={picking}
          onClose={() => setPicking(null)}
          onPick={(at) => {
            setPicking(null)
            onPostpone({ [picking]: at })
          }}
        />
      ) : null}
    </>
  )
}
