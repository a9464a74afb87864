import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyField } from '../../../shared/kernel/field'
import { problemsOf, valueSchema } from '../../../shared/kernel/schema'
import { FieldInput } from '../fields/editors'

type Props = {
  field: AnyField
  value: unknown
  currency: string
  /** Saves; answers why that was not possible, or null. */
  onSubmit: (value: unknown) => Promise<string | null>
  onCancel: () => void
}

/** Edits tags, lists and properties, which take several steps before they are saved. */
export const StructuredEditor = ({ field, value, currency, onSubmit, onCancel }: Props) => {
  const { t } = useTranslation('records')
  const [draft, setDraft] = useState(value)
  const [refused, setRefused] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [problem] = problemsOf(valueSchema(field), draft, '')
  const reason = problem ? `${problem.path} ${problem.message}` : refused
  const save = async () => {
    setSaving(true)
    setRefused(await onSubmit(draft).catch(String))
    setSaving(false)
  }
  return (
    <Stack gap={6}>
      <FieldInput field={field} value={draft} currency={currency} onChange={setDraft} autoFocus />
      {reason ? (
        <Text size="xs" c="var(--bad)" role="alert">
          {reason}
        </Text>
      ) : null}
      <Group gap={6}>
        <Button disabled={problem !== undefined} loading={isSaving} onClick={() => void save()}>
          {t('save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
