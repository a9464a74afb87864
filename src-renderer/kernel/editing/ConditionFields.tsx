import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ruleOperators } from '../../../shared/features/choices'
import { humanise } from '../../ui/format'
import { ConditionValue } from './ConditionValue'
import { type ComparableFields, type Condition, needsValue } from './conditions'

type Props = {
  fields: ComparableFields
  condition: Condition
  disabled: boolean
  onChange: (change: Partial<Condition>) => void
}

/** One condition: a field, how it is compared, and with what. */
export const ConditionFields = ({ fields, condition, disabled, onChange }: Props) => {
  const { t } = useTranslation('rules')
  const { field, operator, value } = condition
  return (
    <>
      <Select
        w={180}
        aria-label={t('condition.field')}
        placeholder={t('condition.field')}
        data={[...fields].map(([name, { label }]) => ({ value: name, label }))}
        value={field || null}
        searchable
        disabled={disabled}
        onChange={(next) => onChange({ field: next ?? '', value: null })}
      />
      <Select
        w={140}
        aria-label={t('condition.operator')}
        data={ruleOperators.map((name) => ({ value: name, label: humanise(name) }))}
        value={operator}
        allowDeselect={false}
        disabled={disabled}
        onChange={(next) => onChange({ operator: next ?? 'equals' })}
      />
      {needsValue(operator) ? (
        <ConditionValue
          key={field}
          field={fields.get(field)}
          value={value}
          disabled={disabled}
          onSave={(next) => onChange({ value: next })}
        />
      ) : null}
    </>
  )
}
