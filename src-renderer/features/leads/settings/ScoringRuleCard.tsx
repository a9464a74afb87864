import { Select, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { lead } from '../../../../shared/features/leads/lead'
import { type ScoringRule, scoringRule } from '../../../../shared/features/scoring/scoring-rule'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { ConditionFields } from '../../../kernel/editing/ConditionFields'
import {
  comparableFields,
  describeCondition,
  isWhole,
  toCondition,
} from '../../../kernel/editing/conditions'
import classes from '../../../kernel/editing/editing.module.css'
import { NumberCell } from '../../../kernel/editing/NumberCell'
import { RuleCard } from '../../../kernel/editing/RuleCard'
import type { RuleProps } from '../../../kernel/editing/RuleList'
import { useEdit } from '../../../kernel/editing/use-edit'
import { useSession } from '../../../kernel/use-store'
import { humanise } from '../../../ui/format'

type Props = RuleProps & { rule: AnyRow }

const fields = comparableFields([lead])
const kinds = ['field', 'activity', 'recency'] as const
const labelOf = (name: string): string => scoringRule.fields[name]?.label ?? name
const activityTypes = activity.fields.activityType?.options ?? []

const inWords = (rule: ScoringRule, t: TFunction<'rules'>, currency: string): string => {
  if (rule.kind === 'field') {
    const condition = toCondition(rule)
    return isWhole(condition)
      ? describeCondition(condition, fields, currency)
      : t('scoring.incomplete')
  }
  const what = rule.activityType ? t(`scoring.many.${rule.activityType}`) : t('scoring.many.any')
  return [
    t(rule.kind === 'recency' ? 'scoring.latest' : 'scoring.each', { what }),
    rule.withinDays === null ? '' : t('scoring.within', { count: rule.withinDays }),
    rule.halfLifeDays === null ? '' : t('scoring.halves', { count: rule.halfLifeDays }),
    rule.maxPoints === null ? '' : t('scoring.max', { count: rule.maxPoints }),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <Text size="xs" fw={600} mb={2}>
      {label}
    </Text>
    {children}
  </div>
)

const days = { min: 1, max: 3650, width: 96 }

const Details = ({ rule, canEdit }: { rule: ScoringRule; canEdit: boolean }) => {
  const { t } = useTranslation('rules')
  const edit = useEdit('scoringRule')
  const number = (name: 'withinDays' | 'halfLifeDays' | 'maxPoints', suffix = ' d') => (
    <Labelled label={labelOf(name)}>
      <NumberCell
        {...days}
        {...(name === 'maxPoints' ? { min: 0, max: 1000 } : {})}
        label={labelOf(name)}
        value={rule[name]}
        suffix={suffix}
        disabled={!canEdit}
        onSave={(value) => edit(rule, { [name]: value })}
      />
    </Labelled>
  )
  return (
    <>
      <Labelled label={t('scoring.kind')}>
        <Select
          w={320}
          aria-label={t('scoring.kind')}
          data={kinds.map((value) => ({ value, label: t(`scoring.kinds.${value}`) }))}
          value={rule.kind}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(kind) => edit(rule, { kind })}
        />
      </Labelled>
      {rule.kind === 'field' ? (
        <Labelled label={t('scoring.when')}>
          <div className={classes.line}>
            <ConditionFields
              fields={fields}
              condition={toCondition(rule)}
              disabled={!canEdit}
              onChange={(change) => edit(rule, change)}
            />
          </div>
        </Labelled>
      ) : (
        <div className={classes.group}>
          <Labelled label={labelOf('activityType')}>
            <Select
              w={140}
              aria-label={labelOf('activityType')}
              placeholder={t('scoring.any')}
              data={activityTypes.map((value) => ({ value, label: humanise(value) }))}
              value={rule.activityType}
              clearable
              disabled={!canEdit}
              onChange={(activityType) => edit(rule, { activityType })}
            />
          </Labelled>
          {number('withinDays')}
          {number('halfLifeDays')}
          {rule.kind === 'activity' ? number('maxPoints', '') : null}
        </div>
      )}
    </>
  )
}

/** One scoring rule: what it looks at and the points for it. */
export const ScoringRuleCard = ({ rule: row, canEdit, isOpen, onToggle }: Props) => {
  const { t } = useTranslation('rules')
  const { currency } = useSession()
  const edit = useEdit('scoringRule')
  // Rows of an entity have its shape.
  const rule = row as ScoringRule
  return (
    <RuleCard
      entity={scoringRule}
      rule={rule}
      summary={inWords(rule, t, currency)}
      isOpen={isOpen}
      onToggle={onToggle}
      canEdit={canEdit}
      end={
        <NumberCell
          label={t('scoring.points', { name: rule.name })}
          value={rule.points}
          min={-1000}
          max={1000}
          width={84}
          suffix={t('scoring.pointsSuffix')}
          disabled={!canEdit}
          onSave={(points) => edit(rule, { points: points ?? 0 })}
        />
      }
    >
      <Details rule={rule} canEdit={canEdit} />
    </RuleCard>
  )
}
