import { ActionIcon, Alert, MultiSelect, Select, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  type AssignmentRule,
  assignmentRule,
} from '../../../../shared/features/assignment/assignment-rule'
import { lead } from '../../../../shared/features/leads/lead'
import { ConditionList } from '../../../kernel/editing/ConditionList'
import {
  comparableFields,
  describeCondition,
  toCondition,
} from '../../../kernel/editing/conditions'
import classes from '../../../kernel/editing/editing.module.css'
import { RuleCard } from '../../../kernel/editing/RuleCard'
import type { RuleProps } from '../../../kernel/editing/RuleList'
import { useEdit } from '../../../kernel/editing/use-edit'
import { useRecords } from '../../../kernel/use-records'
import { useSession } from '../../../kernel/use-store'

type Props = RuleProps & {
  rule: AssignmentRule
  /** Absent where it stands first. */
  onUp: (() => void) | undefined
  /** Absent where it stands last. */
  onDown: (() => void) | undefined
}

const fields = comparableFields([lead])
const methods = ['round_robin', 'least_loaded', 'first'] as const
const byName = [{ field: 'name', descending: false }]

const candidatesOf = ({ users }: AssignmentRule): string[] =>
  users.flatMap(({ userId }) => (userId ? [userId] : []))

/** Users who can be given leads, and those a rule names although they left. */
const useCandidates = (rule: AssignmentRule): { value: string; label: string }[] => {
  const { rows } = useRecords({ entity: 'user', sort: byName, limit: 500 })
  const named = new Set(candidatesOf(rule))
  return rows
    .filter((user) => user.active !== false || named.has(user.id))
    .map((user) => ({ value: user.id, label: String(user.name) }))
}

/** One assignment rule: which leads, to whom, and how they are shared out. */
export const AssignmentRuleCard = (props: Props) => {
  const { rule, canEdit, isOpen, onToggle, onUp, onDown } = props
  const { t } = useTranslation('rules')
  const { currency } = useSession()
  const edit = useEdit('assignmentRule')
  const users = useCandidates(rule)
  const chosen = candidatesOf(rule)
  const conditions = rule.conditions.map(toCondition)
  const when =
    conditions.length === 0
      ? t('assign.every')
      : conditions.map((one) => describeCondition(one, fields, currency)).join(t('assign.and'))
  const who = users.filter(({ value }) => chosen.includes(value)).map(({ label }) => label)
  return (
    <RuleCard
      entity={assignmentRule}
      rule={rule}
      summary={`${when} → ${who.length > 0 ? who.join(', ') : t('assign.nobody')}`}
      isOpen={isOpen}
      onToggle={onToggle}
      canEdit={canEdit}
      end={
        <>
          <ActionIcon
            aria-label={t('assign.up', { name: rule.name })}
            disabled={!canEdit || !onUp}
            onClick={onUp}
          >
            <IconArrowUp size={16} stroke={1.5} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('assign.down', { name: rule.name })}
            disabled={!canEdit || !onDown}
            onClick={onDown}
          >
            <IconArrowDown size={16} stroke={1.5} />
          </ActionIcon>
        </>
      }
    >
      <div>
        <Text size="xs" fw={600} mb={2}>
          {t('assign.when')}
        </Text>
        <ConditionList
          key={rule.id}
          fields={fields}
          value={rule.conditions}
          canEdit={canEdit}
          onSave={(next) => edit(rule, { conditions: next })}
        />
      </div>
      <div className={classes.group}>
        <MultiSelect
          miw={320}
          label={t('assign.to')}
          placeholder={chosen.length === 0 ? t('assign.toHint') : ''}
          data={users}
          value={chosen}
          searchable
          disabled={!canEdit}
          onChange={(ids) => edit(rule, { users: ids.map((userId) => ({ userId })) })}
        />
        <Select
          w={260}
          label={t('assign.method')}
          data={methods.map((value) => ({ value, label: t(`assign.methods.${value}`) }))}
          value={rule.method}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(method) => edit(rule, { method })}
        />
      </div>
      {chosen.length === 0 ? (
        <Alert color="yellow" variant="light" role="note">
          {t('assign.needsSomebody')}
        </Alert>
      ) : null}
    </RuleCard>
  )
}
