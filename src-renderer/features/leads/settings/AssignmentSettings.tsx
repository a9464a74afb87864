import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AssignmentRule,
  assignmentRule,
} from '../../../../shared/features/assignment/assignment-rule'
import { newId } from '../../../../shared/kernel/ids'
import classes from '../../../kernel/editing/editing.module.css'
import { useMayEdit } from '../../../kernel/record/KeyFields'
import { useCommit, useRecords } from '../../../kernel/use-records'
import { AssignmentRuleCard } from './AssignmentRuleCard'

const inOrder = [{ field: 'sequence', descending: false }]

/** The rules that give leads without an owner to somebody; the first that holds decides. */
export const AssignmentSettings = () => {
  const { t } = useTranslation('rules')
  const commit = useCommit()
  const canEdit = useMayEdit(assignmentRule)
  const { rows, isLoading } = useRecords({ entity: 'assignmentRule', sort: inOrder, limit: 500 })
  const [openId, setOpen] = useState<string | null>(null)
  const add = async () => {
    const id = newId()
    const last = Number(rows.at(-1)?.sequence ?? 0)
    const set = { name: t('assign.newRule'), active: true, method: 'round_robin' }
    const result = await commit(
      [{ entity: 'assignmentRule', id, create: true, set: { ...set, sequence: last + 10 } }],
      { label: t('assign.added'), toast: true },
    )
    if (result.ok) setOpen(id)
  }
  /** Puts a rule one place up or down; all are numbered anew, so that equal numbers do no harm. */
  const move = (from: number, by: number) => {
    const ordered = [...rows]
    const [moved] = ordered.splice(from, 1)
    if (!moved) return
    ordered.splice(from + by, 0, moved)
    const changes = ordered.flatMap((rule, place) => {
      const sequence = (place + 1) * 10
      if (rule.sequence === sequence) return []
      return [{ entity: 'assignmentRule', id: rule.id, set: { sequence } }]
    })
    void commit(changes, { label: t('assign.reordered'), toast: true })
  }
  if (isLoading) return null
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={860}>
        {t(rows.length === 0 ? 'assign.empty' : 'assign.text')}
      </Text>
      <ol className={classes.rules} aria-label={t('assign.title')}>
        {rows.map((rule, place) => (
          <AssignmentRuleCard
            key={rule.id}
            // Rows of an entity have its shape.
            rule={rule as AssignmentRule}
            canEdit={canEdit}
            isOpen={rule.id === openId}
            onToggle={() => setOpen(rule.id === openId ? null : rule.id)}
            onUp={place > 0 ? () => move(place, -1) : undefined}
            onDown={place < rows.length - 1 ? () => move(place, 1) : undefined}
          />
        ))}
      </ol>
      {canEdit ? (
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => void add()}>
          {t('add')}
        </Button>
      ) : null}
    </>
  )
}
