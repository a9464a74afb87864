import { ActionIcon, Button, Group, Select, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ruleOperators } from '../../../shared/features/choices'
import { lead } from '../../../shared/features/leads/lead'
import { opportunity } from '../../../shared/features/opportunities/opportunity'
import { serves } from '../../../shared/features/pipelines/choose'
import { type AnyEntity, type AnyRow, shownFields } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { humanise } from '../../ui/format'
import classes from './pipelines.module.css'
import { RuleValue } from './RuleValue'
import { useEdit } from './use-edit'

type Rule = { field: string; operator: string; value: string | null }

const rulesOf = (value: unknown): Rule[] =>
  (Array.isArray(value) ? value : []).map((rule) => ({
    field: String(rule?.field ?? ''),
    operator: String(rule?.operator ?? 'equals'),
    value: typeof rule?.value === 'string' ? rule.value : null,
  }))

const comparable = new Set([
  'text',
  'email',
  'phone',
  'integer',
  'money',
  'currency',
  'choice',
  'day',
])

const comparableFields = (pipeline: AnyRow): Map<string, AnyField> => {
  const kinds: AnyEntity[] = [lead, opportunity].filter(({ name }) => serves(pipeline, name))
  return new Map(
    kinds.flatMap((entity) => shownFields(entity).filter(([, { kind }]) => comparable.has(kind))),
  )
}

const needsValue = (operator: string): boolean => operator !== 'is_set' && operator !== 'is_empty'

/** What sends a new record into this pipeline by itself: all conditions must hold. */
export const RoutingRules = ({ pipeline, canEdit }: { pipeline: AnyRow; canEdit: boolean }) => {
  const { t } = useTranslation('pipelines')
  const edit = useEdit('pipeline')
  const [rules, setRules] = useState(() => rulesOf(pipeline.routingRules))
  const fields = comparableFields(pipeline)
  const save = (next: Rule[]) => {
    setRules(next)
    // A condition counts once it names a field and what it is compared with.
    const whole = next.filter(
      ({ field, operator, value }) => field !== '' && (!needsValue(operator) || value),
    )
    edit(pipeline, { routingRules: whole })
  }
  const replace = (index: number, change: Partial<Rule>) =>
    rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule))
  return (
    <section>
      <Title order={3} size="h3" mb={4}>
        {t('set.routing')}
      </Title>
      <Text size="sm" c="var(--text-quiet)" mb="xs">
        {t('set.routingText')}
      </Text>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <div className={classes.line} key={index}>
          <Select
            w={180}
            aria-label={t('set.ruleField')}
            placeholder={t('set.ruleField')}
            data={[...fields].map(([value, { label }]) => ({ value, label }))}
            value={rule.field || null}
            searchable
            disabled={!canEdit}
            onChange={(field) => save(replace(index, { field: field ?? '', value: null }))}
          />
          <Select
            w={140}
            aria-label={t('set.ruleOperator')}
            data={ruleOperators.map((value) => ({ value, label: humanise(value) }))}
            value={rule.operator}
            allowDeselect={false}
            disabled={!canEdit}
            onChange={(operator) => save(replace(index, { operator: operator ?? 'equals' }))}
          />
          {needsValue(rule.operator) ? (
            <RuleValue
              key={rule.field}
              field={fields.get(rule.field)}
              value={rule.value}
              disabled={!canEdit}
              onSave={(value) => save(replace(index, { value }))}
            />
          ) : null}
          <ActionIcon
            aria-label={t('set.removeRule')}
            disabled={!canEdit}
            onClick={() => save(rules.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </div>
      ))}
      {canEdit ? (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => setRules([...rules, { field: '', operator: 'equals', value: null }])}
          >
            {t('set.addRule')}
          </Button>
        </Group>
      ) : null}
    </section>
  )
}
