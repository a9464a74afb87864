import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { scoringRule } from '../../../../shared/features/scoring/scoring-rule'
import { newId } from '../../../../shared/kernel/ids'
import classes from '../../../kernel/editing/editing.module.css'
import { useMayEdit } from '../../../kernel/record/KeyFields'
import { useCommit, useRecords } from '../../../kernel/use-records'
import { ScoringRuleCard } from './ScoringRuleCard'

const byName = [{ field: 'name', descending: false }]

/** The rules that give leads their points. */
export const ScoringSettings = () => {
  const { t } = useTranslation('rules')
  const commit = useCommit()
  const canEdit = useMayEdit(scoringRule)
  const { rows, isLoading } = useRecords({ entity: 'scoringRule', sort: byName, limit: 500 })
  const [openId, setOpen] = useState<string | null>(null)
  const add = async () => {
    const id = newId()
    const set = { name: t('scoring.newRule'), kind: 'field', active: true, points: 10 }
    const result = await commit([{ entity: 'scoringRule', id, create: true, set }], {
      label: t('scoring.added'),
      toast: true,
    })
    if (result.ok) setOpen(id)
  }
  if (isLoading) return null
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={860}>
        {t(rows.length === 0 ? 'scoring.empty' : 'scoring.text')}
      </Text>
      <ul className={classes.rules} aria-label={t('scoring.title')}>
        {rows.map((rule) => (
          <ScoringRuleCard
            key={rule.id}
            rule={rule}
            canEdit={canEdit}
            isOpen={rule.id === openId}
            onToggle={() => setOpen(rule.id === openId ? null : rule.id)}
          />
        ))}
      </ul>
      {canEdit ? (
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => void add()}>
          {t('add')}
        </Button>
      ) : null}
    </>
  )
}
