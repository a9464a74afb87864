import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyField } from '../../../shared/kernel/field'
import { humanise } from '../../ui/format'
import { MoneyField } from '../fields/MoneyField'
import { useSession } from '../use-store'
import classes from './editing.module.css'

type Props = {
  field: AnyField | undefined
  value: string | null
  disabled: boolean
  onSave: (value: string | null) => void
}

/** What a field is compared with, typed as that field is; conditions keep it as text. */
export const ConditionValue = ({ field, value, disabled, onSave }: Props) => {
  const { t } = useTranslation('rules')
  const { currency } = useSession()
  const [draft, setDraft] = useState(value)
  const common = {
    className: classes.grow ?? '',
    'aria-label': t('condition.value'),
    placeholder: t('condition.value'),
    disabled,
  }
  if (field?.kind === 'choice')
    return (
      <Select
        {...common}
        data={(field.options ?? []).map((option) => ({ value: option, label: humanise(option) }))}
        value={value}
        onChange={onSave}
      />
    )
  if (field?.kind === 'money')
    return (
      <MoneyField
        {...common}
        min={0}
        hideControls
        currency={currency}
        value={draft ? Number(draft) : null}
        onChange={(next) => setDraft(next === null ? null : String(next))}
        onBlur={() => onSave(draft)}
      />
    )
  return (
    <TextInput
      {...common}
      value={draft ?? ''}
      onChange={(event) => setDraft(event.currentTarget.value || null)}
      onBlur={() => onSave(draft)}
    />
  )
}
