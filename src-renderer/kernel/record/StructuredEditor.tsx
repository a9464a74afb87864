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
  onSubmit: (value: unknown) => void
  onCancel: () => void
}

/** Edits tags, lists and properties, which take several steps before they are saved. */
export const StructuredEditor = ({ field, value, currency, onSubmit, onCancel }: Props) => {
  const { t } = useTranslation('records')
  const [draft, setDraft] = useState(value)
  const [problem] = problemsOf(valueSchema(field), draft, '')
  return (
    <Stack gap={6}>
      <FieldInput field={field} value={draft} currency={currency} onChange={setDraft} autoFocus />
      {problem ? (
        <Text size="xs" c="var(--bad)" role="alert">
          {problem.path} {problem.message}
        </Text>
      ) : null}
      <Group gap={6}>
        <Button disabled={problem !== undefined} onClick={() => onSubmit(draft)}>
          {t('save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
