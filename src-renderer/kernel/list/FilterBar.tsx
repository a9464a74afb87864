import { ActionIcon, Button, Group, Menu, MultiSelect, Popover, Select, Stack } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, fieldOf, shownFields } from '../../../shared/kernel/entity'
import type { AnyField, FieldKind } from '../../../shared/kernel/field'
import type { ListCondition, ListOperator } from '../../local/api'
import { humanise } from '../../ui/format'
import { useAfterPaint } from '../../ui/use-after-paint'
import { FieldInput } from '../fields/editors'
import { useSession } from '../use-store'
import { FilterValueText } from './FilterValueText'
import classes from './list.module.css'
import { isComplete } from './list-state'

const operatorsOf = {
  text: ['contains', 'eq', 'isEmpty', 'isNotEmpty'],
  longText: ['contains', 'isEmpty', 'isNotEmpty'],
  richText: ['contains', 'isEmpty', 'isNotEmpty'],
  email: ['contains', 'eq', 'isEmpty', 'isNotEmpty'],
  phone: ['contains', 'isEmpty', 'isNotEmpty'],
  url: ['contains', 'isEmpty', 'isNotEmpty'],
  integer: ['gte', 'lte', 'eq', 'isEmpty', 'isNotEmpty'],
  decimal: ['gte', 'lte', 'eq', 'isEmpty', 'isNotEmpty'],
  currency: ['eq', 'isEmpty', 'isNotEmpty'],
  money: ['gte', 'lte', 'eq', 'isEmpty', 'isNotEmpty'],
  flag: ['eq'],
  choice: ['in', 'isEmpty', 'isNotEmpty'],
  day: ['gte', 'lte', 'notAfter', 'isEmpty', 'isNotEmpty'],
  instant: ['gte', 'lte', 'notAfter', 'isEmpty', 'isNotEmpty'],
  recurrence: ['isEmpty', 'isNotEmpty'],
  ref: ['eq', 'isEmpty', 'isNotEmpty'],
  tags: ['in', 'isEmpty', 'isNotEmpty'],
  list: ['isEmpty', 'isNotEmpty'],
  map: ['isEmpty', 'isNotEmpty'],
} as const satisfies Record<FieldKind, readonly ListOperator[]>

const isUnary = (operator: ListOperator): boolean =>
  operator === 'isEmpty' || operator === 'isNotEmpty'

const newCondition = (name: string, field: AnyField): ListCondition => ({
  field: name,
  operator: operatorsOf[field.kind][0],
  ...(field.kind === 'flag' ? { value: true } : {}),
})

type ChipProps = {
  entity: AnyEntity
  condition: ListCondition
  /** Has just been added, and is to be filled in. */
  isNew: boolean
  onSeen: () => void
  onChange: (condition: ListCondition) => void
  onRemove: () => void
}

const FilterChip = (props: ChipProps) => {
  const { entity, condition, isNew, onSeen, onChange, onRemove } = props
  const { t } = useTranslation('records')
  const [opened, setOpened] = useState(false)
  // By then the menu that added it has given the focus back, and what it found is on screen.
  useAfterPaint(() => {
    setOpened(true)
    onSeen()
  }, isNew)
  const field = fieldOf(entity, condition.field)
  if (!field) return null
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <span className={classes.chip}>
          <button type="button" className={classes.chipText} onClick={() => setOpened(!opened)}>
            <span className={classes.chipField}>{field.label}</span>{' '}
            {t(`operator.${condition.operator}`)}{' '}
            {isUnary(condition.operator) ? null : (
              <FilterValueText field={field} value={condition.value} />
            )}
          </button>
          <ActionIcon
            size={20}
            aria-label={t('removeFilter', { field: field.label })}
            onClick={onRemove}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <FilterForm
          field={field}
          condition={condition}
          onChange={onChange}
          onDone={() => setOpened(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

type FormProps = {
  field: AnyField
  condition: ListCondition
  onChange: (condition: ListCondition) => void
  onDone: () => void
}

const FilterForm = ({ field, condition, onChange, onDone }: FormProps) => {
  const { t } = useTranslation('records')
  const { currency } = useSession()
  const change = (value: unknown) => onChange({ ...condition, value })
  return (
    <Stack
      gap="xs"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isComplete(condition)) onDone()
      }}
    >
      <Select
        aria-label={t('condition')}
        data={operatorsOf[field.kind].map((operator) => ({
          value: operator,
          label: t(`operator.${operator}`),
        }))}
        value={condition.operator}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(operator) => {
          const known = operatorsOf[field.kind].find((one) => one === operator)
          if (known) onChange({ ...condition, operator: known })
        }}
      />
      {isUnary(condition.operator) ? null : field.kind === 'choice' ? (
        <MultiSelect
          aria-label={field.label}
          data-autofocus
          data={(field.options ?? []).map((value) => ({ value, label: humanise(value) }))}
          value={Array.isArray(condition.value) ? condition.value.map(String) : []}
          comboboxProps={{ withinPortal: false }}
          onChange={change}
        />
      ) : (
        <FieldInput
          field={
            field.kind === 'longText' || field.kind === 'richText'
              ? { ...field, kind: 'text' }
              : field
          }
          value={condition.value ?? null}
          onChange={change}
          currency={currency}
          autoFocus
        />
      )}
    </Stack>
  )
}

/** The fields to filter by; those that an entity is filtered by most come first. */
const FieldItems = ({
  entity,
  onChoose,
}: {
  entity: AnyEntity
  onChoose: (name: string, field: AnyField) => void
}) => {
  const favourites = new Set(entity.list.filters)
  const fields = shownFields(entity).sort(
    ([a], [b]) => Number(favourites.has(b)) - Number(favourites.has(a)),
  )
  return fields.map(([name, field]) => (
    <Menu.Item key={name} onClick={() => onChoose(name, field)}>
      {field.label}
    </Menu.Item>
  ))
}

type BarProps = {
  entity: AnyEntity
  conditions: readonly ListCondition[]
  onChange: (conditions: ListCondition[]) => void
  /** What they let through is on screen. */
  isSettled: boolean
  /** The screen has been shown once. */
  isPainted: boolean
}

/** The filters of a list as chips, and the way to add one. */
export const FilterBar = ({ entity, conditions, onChange, isSettled, isPainted }: BarProps) => {
  const { t } = useTranslation('records')
  const [added, setAdded] = useState<string | null>(null)
  const target = (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconFilter size={14} stroke={1.5} />}
    >
      {t('addFilter')}
    </Button>
  )
  return (
    <Group gap={6}>
      {conditions.map((condition, index) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: two filters may name the same field
          key={`${condition.field}-${index}`}
          entity={entity}
          condition={condition}
          isNew={isSettled && added === condition.field && index === conditions.length - 1}
          onChange={(changed) =>
            onChange(conditions.map((held, at) => (at === index ? changed : held)))
          }
          onSeen={() => setAdded(null)}
          onRemove={() => onChange(conditions.filter((_, at) => at !== index))}
        />
      ))}
      {isPainted ? (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>{target}</Menu.Target>
          <Menu.Dropdown mah={360} className={classes.menu ?? ''}>
            <FieldItems
              entity={entity}
              onChoose={(name, field) => {
                setAdded(name)
                onChange([...conditions, newCondition(name, field)])
              }}
            />
          </Menu.Dropdown>
        </Menu>
      ) : (
        target
      )}
      {conditions.length > 0 ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange([])}>
          {t('clearFilters')}
        </Button>
      ) : null}
    </Group>
  )
}
