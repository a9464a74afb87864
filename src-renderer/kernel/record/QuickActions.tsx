import { ActionIcon } from '@mantine/core'
import { IconCheckbox, IconMail, IconNote, IconPhone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../shared/features/activities/activity'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { formatPhone } from '../../../shared/kernel/phone'
import { openQuickCreate } from '../create/open'
import { useRecordsById } from '../use-records'
import { useMayEdit } from './KeyFields'
import { timelineField } from './related'

const icon = { size: 18, stroke: 1.5 }

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Whom one reaches about a record: itself where it has an address or number, otherwise its contact. */
const useReached = (entity: AnyEntity, row: AnyRow): AnyRow => {
  const hasOwn = 'email' in entity.fields || 'phone' in entity.fields
  const contactId = hasOwn ? undefined : text(row.contactId)
  return useRecordsById('contact', contactId ? [contactId] : []).get(contactId ?? '') ?? row
}

/** What one does with a record most: call, write, plan a task, take a note. */
export const QuickActions = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const { t } = useTranslation('records')
  const reached = useReached(entity, row)
  const canLog = useMayEdit(activity) && row.deletedAt === null
  const field = timelineField(entity)
  const name = titleOf(entity, row) || t('untitled')
  const email = text(reached.email)
  const phone = text(reached.phone) ?? text(reached.mobile)
  const log = (activityType: 'task' | 'note') => {
    const now = new Date().toISOString()
    const own = activityType === 'note' ? { status: 'completed', dueDate: now } : {}
    if (field) openQuickCreate(activity, { activityType, subject: '', [field]: row.id, ...own })
  }
  return (
    <>
      {phone && reached.doNotCall !== true ? (
        <ActionIcon
          component="a"
          href={`tel:${phone}`}
          aria-label={t('call', { name })}
          title={formatPhone(phone)}
        >
          <IconPhone {...icon} />
        </ActionIcon>
      ) : null}
      {email && reached.emailOptOut !== true ? (
        <ActionIcon
          component="a"
          href={`mailto:${email}`}
          aria-label={t('mail', { name })}
          title={email}
        >
          <IconMail {...icon} />
        </ActionIcon>
      ) : null}
      {canLog && field ? (
        <>
          <ActionIcon aria-label={t('addTask')} title={t('addTask')} onClick={() => log('task')}>
            <IconCheckbox {...icon} />
          </ActionIcon>
          <ActionIcon aria-label={t('addNote')} title={t('addNote')} onClick={() => log('note')}>
            <IconNote {...icon} />
          </ActionIcon>
        </>
      ) : null}
    </>
  )
}
