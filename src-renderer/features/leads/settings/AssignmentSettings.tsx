import { useTranslation } from 'react-i18next'
import {
  type AssignmentRule,
  assignmentRule,
} from '../../../../shared/features/assignment/assignment-rule'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { RuleList } from '../../../kernel/editing/RuleList'
import { useCommit } from '../../../kernel/use-records'
import { AssignmentRuleCard } from './AssignmentRuleCard'

/** Between two rules, so that another fits in. */
const step = 10

/** Puts a rule one place up or down; all are numbered anew, so that equal numbers do no harm. */
const useMove = () => {
  const { t } = useTranslation('rules')
  const commit = useCommit()
  return (rows: readonly AnyRow[], from: number, by: -1 | 1) => {
    const ordered = [...rows]
    const [moved] = ordered.splice(from, 1)
    if (!moved) return
    ordered.splice(from + by, 0, moved)
    const changes = ordered.flatMap((rule, place) => {
      const sequence = (place + 1) * step
      if (rule.sequence === sequence) return []
      return [{ entity: 'assignmentRule', id: rule.id, set: { sequence } }]
    })
    void commit(changes, { label: t('assign.reordered'), toast: true })
  }
}

/** The rules that give leads without an owner to somebody; the first that holds decides. */
export const AssignmentSettings = () => {
  const { t } = useTranslation('rules')
  const move = useMove()
  return (
    <RuleList
      entity={assignmentRule}
      sortBy="sequence"
      text={{ some: t('assign.text'), none: t('assign.empty') }}
      label={t('assign.title')}
      add={(rows) => ({
        set: {
          name: t('assign.newRule'),
          active: true,
          method: 'round_robin',
          sequence: Number(rows.at(-1)?.sequence ?? 0) + step,
        },
        label: t('assign.added'),
      })}
    >
      {(rows, propsOf) =>
        rows.map((rule, place) => (
          <AssignmentRuleCard
            key={rule.id}
            // Rows of an entity have its shape.
            rule={rule as AssignmentRule}
            {...propsOf(rule)}
            onUp={place > 0 ? () => move(rows, place, -1) : undefined}
            onDown={place < rows.length - 1 ? () => move(rows, place, 1) : undefined}
          />
        ))
      }
    </RuleList>
  )
}
