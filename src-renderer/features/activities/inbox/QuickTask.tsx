import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { newId } from '../../../../shared/kernel/ids'
import { useCommit } from '../../../kernel/use-records'
import { humanise } from '../../../ui/format'
import classes from './inbox.module.css'
import { postponedTo } from './postpone'

const kinds = (activity.fields.activityType?.options ?? []).filter((kind) => kind !== 'note')

const days = ['today', 'tomorrow', 'nextWeek', 'none'] as const

/** The end of the working day, or in an hour if that is over. */
const laterToday = (now: number): string => {
  const evening = new Date(now).setHours(17, 0, 0, 0)
  return new Date(Math.max(evening, now + 3600_000)).toISOString()
}

const dueOf = (day: string, now: number): string | null => {
  if (day === 'none') return null
  if (day === 'today') return laterToday(now)
  return postponedTo(day === 'tomorrow' ? 'tomorrow' : 'nextWeek', now) ?? null
}

/** A line for the next thing to do: type, Enter, type the next. */
export const QuickTask = () => {
  const { t } = useTranslation('tasks')
  const commit = useCommit()
  const [subject, setSubject] = useState('')
  const [kind, setKind] = useState('task')
  const [day, setDay] = useState('today')
  const add = async () => {
    const name = subject.trim()
    if (name === '') return
    const set = { subject: name, activityType: kind, dueDate: dueOf(day, Date.now()) }
    const result = await commit([{ entity: 'activity', id: newId(), create: true, set }], {
      label: t('added', { name }),
    })
    if (result.ok) setSubject('')
  }
  return (
    <form
      className={classes.quick}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        className={classes.grow ?? ''}
        id="quick-task"
        aria-label={t('subject')}
        placeholder={t('subjectHint')}
        maxLength={300}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Select
        w={110}
        aria-label={t('kind')}
        data={kinds.map((value) => ({ value, label: humanise(value) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(value ?? 'task')}
      />
      <Select
        w={130}
        aria-label={t('day')}
        data={days.map((value) => ({ value, label: t(`days.${value}`) }))}
        value={day}
        allowDeselect={false}
        onChange={(value) => setDay(value ?? 'today')}
      />
      <Button type="submit" leftSection={<IconPlus size={14} />} disabled={subject.trim() === ''}>
        {t('add')}
      </Button>
    </form>
  )
}
