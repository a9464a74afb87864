import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../shared/features/activities/activity'
import { newId } from '../../../shared/kernel/ids'
import { humanise } from '../../ui/format'
import { useCommit } from '../use-records'
import classes from './timeline.module.css'

const kinds = activity.fields.activityType?.options ?? []

/** Logs what happened with one line, without leaving the record. */
export const QuickLog = ({ field, id }: { field: string; id: string }) => {
  const { t } = useTranslation('records')
  const commit = useCommit()
  const [kind, setKind] = useState('note')
  const [subject, setSubject] = useState('')
  const log = async () => {
    if (subject.trim() === '') return
    const at = new Date().toISOString()
    const isOpen = kind === 'task' || kind === 'meeting'
    const set = {
      subject: subject.trim(),
      activityType: kind,
      status: isOpen ? 'scheduled' : 'completed',
      dueDate: at,
      completedAt: isOpen ? null : at,
      [field]: id,
    }
    const result = await commit([{ entity: 'activity', id: newId(), create: true, set }], {
      label: t('logged', { kind: humanise(kind), subject: subject.trim() }),
    })
    if (result.ok) setSubject('')
  }
  return (
    <form
      className={classes.quickLog}
      onSubmit={(event) => {
        event.preventDefault()
        void log()
      }}
    >
      <SegmentedControl
        aria-label={t('kind')}
        value={kind}
        onChange={setKind}
        data={kinds.map((value) => ({ value, label: humanise(value) }))}
      />
      <Group gap="xs" wrap="nowrap">
        <TextInput
          className={classes.grow ?? ''}
          aria-label={t('logSubject')}
          placeholder={t(`logHint.${kind}`)}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Button type="submit" disabled={subject.trim() === ''}>
          {t('log')}
        </Button>
      </Group>
    </form>
  )
}
