import { Chip, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  frequencies,
  type RecurrenceParts,
  readRecurrence,
  weekdays,
  writeRecurrence,
} from '../../../shared/kernel/recurrence'
import type { EditorProps } from './editors'
import { sayRecurrence, weekdayName } from './recurrence-words'

const everyWeek: RecurrenceParts = { frequency: 'WEEKLY', interval: 1, weekdays: [] }

const among = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((one) => one === text)

/** How often and on which days. */
const Rhythm = ({ parts, change }: PartsProps) => {
  const { t } = useTranslation('records')
  return (
    <>
      <NumberInput
        label={t('repeat.interval')}
        suffix={` ${t(`repeat.unit.${parts.frequency}`, { count: parts.interval })}`}
        min={1}
        max={99}
        allowDecimal={false}
        value={parts.interval}
        onChange={(value) => change({ interval: Math.max(1, Number(value) || 1) })}
      />
      {parts.frequency === 'WEEKLY' ? (
        <Chip.Group
          multiple
          value={parts.weekdays}
          onChange={(days) => change({ weekdays: weekdays.filter((day) => days.includes(day)) })}
        >
          <Group gap={4} role="group" aria-label={t('repeat.days')}>
            {weekdays.map((day) => (
              <Chip key={day} value={day} size="xs" variant="light">
                {weekdayName(day, 'short')}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      ) : null}
    </>
  )
}

type PartsProps = { parts: RecurrenceParts; change: (next: Partial<RecurrenceParts>) => void }

const endOf = ({ count, until }: RecurrenceParts): string =>
  count ? 'count' : until ? 'until' : 'never'

/** When it stops. */
const End = ({ parts, change }: PartsProps) => {
  const { t } = useTranslation('records')
  const { count, until, ...endless } = parts
  const inAYear = new Date(Date.now() + 365 * 24 * 3600_000).toISOString().slice(0, 10)
  const choose = (end: string | null) => {
    if (end === 'count') change({ ...endless, count: 10 })
    else if (end === 'until') change({ ...endless, until: inAYear })
    else change(endless)
  }
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <Select
        label={t('repeat.ends')}
        data={['never', 'count', 'until'].map((value) => ({
          value,
          label: t(`repeat.end.${value}`),
        }))}
        value={endOf(parts)}
        allowDeselect={false}
        onChange={choose}
      />
      {count ? (
        <NumberInput
          aria-label={t('repeat.end.count')}
          min={1}
          max={999}
          allowDecimal={false}
          value={count}
          onChange={(value) => change({ ...endless, count: Math.max(1, Number(value) || 1) })}
        />
      ) : null}
      {until ? (
        <TextInput
          type="date"
          aria-label={t('repeat.end.until')}
          value={until}
          onChange={({ currentTarget }) =>
            currentTarget.value && change({ ...endless, until: currentTarget.value })
          }
        />
      ) : null}
    </Group>
  )
}

/** When something repeats, put together from a few choices; a rule that has more to it is typed. */
export const RecurrenceEditor = ({ field, value, onChange, autoFocus = false }: EditorProps) => {
  const { t } = useTranslation('records')
  const rule = typeof value === 'string' ? value : ''
  const parts = readRecurrence(rule)
  const [isTyped, setTyped] = useState(rule !== '' && parts === undefined)
  const choose = (kind: string | null) => {
    setTyped(kind === 'rule')
    const frequency = among(frequencies, kind)
    if (kind === 'never') onChange(null)
    else if (kind === 'workdays')
      onChange(writeRecurrence({ ...everyWeek, weekdays: weekdays.slice(0, 5) }))
    else if (frequency)
      onChange(writeRecurrence({ ...(parts ?? everyWeek), frequency, weekdays: [] }))
  }
  const shown = isTyped ? 'rule' : (parts?.frequency ?? 'never')
  return (
    <Stack gap={6}>
      <Select
        aria-label={field.label}
        autoFocus={autoFocus}
        data={['never', ...frequencies, 'workdays', 'rule'].map((kind) => ({
          value: kind,
          label: t(`repeat.kind.${kind}`),
        }))}
        value={shown}
        allowDeselect={false}
        onChange={choose}
      />
      {isTyped ? (
        <TextInput
          label={t('repeat.kind.rule')}
          placeholder="FREQ=MONTHLY;BYDAY=-1FR"
          value={rule}
          onChange={({ currentTarget }) => onChange(currentTarget.value.trim() || null)}
        />
      ) : null}
      {parts && !isTyped ? (
        <>
          <Rhythm
            parts={parts}
            change={(next) => onChange(writeRecurrence({ ...parts, ...next }))}
          />
          <End
            parts={parts}
            // Either end replaces the other one.
            change={(next) => onChange(writeRecurrence({ ...everyWeek, ...next }))}
          />
          <Text size="xs" c="var(--text-quiet)" aria-live="polite">
            {sayRecurrence(rule)}
          </Text>
        </>
      ) : null}
    </Stack>
  )
}
