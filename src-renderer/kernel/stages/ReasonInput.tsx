import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { useAggregate } from '../use-records'

type Props = {
  entity: AnyEntity
  field: string
  label: string
  value: string | null
  onChange: (value: string | null) => void
}

const shown = 8

/** A reason: one of those that this workspace gives most often, a usual one, or words of one's own. */
export const ReasonInput = ({ entity, field, label, value, onChange }: Props) => {
  const { t } = useTranslation('pipelines')
  const { groups } = useAggregate({
    entity: entity.name,
    groupBy: [{ field }],
    where: [{ field, operator: 'isNotEmpty' }],
  })
  const used = groups
    .filter(({ count, keys }) => count > 1 && (keys[0]?.length ?? 0) <= 40)
    .sort((a, b) => b.count - a.count)
    .flatMap(({ keys }) => keys[0] ?? [])
  const usual = Object.values(t('usualReasons', { returnObjects: true }))
  const reasons = [...new Set([...used.slice(0, 4), ...usual])].slice(0, shown)
  return (
    <Stack gap={6}>
      <Group gap={4} role="group" aria-label={t('commonReasons')}>
        {reasons.map((reason) => (
          <Button
            key={reason}
            size="compact-xs"
            variant={value === reason ? 'filled' : 'default'}
            aria-pressed={value === reason}
            onClick={() => onChange(value === reason ? null : reason)}
          >
            {reason}
          </Button>
        ))}
      </Group>
      <TextInput
        aria-label={label}
        placeholder={t('reasonHint')}
        maxLength={500}
        data-autofocus
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
    </Stack>
  )
}
