import { ActionIcon, Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AnyField } from '../../../shared/kernel/field'
import { humanise } from '../../ui/format'
import { NumberField } from '../../ui/NumberField'
import type { EditorProps } from './editors'
import classes from './fields.module.css'
import { RecordPicker } from './RecordPicker'

type Item = { [part: string]: unknown }

const emptyItem = (field: AnyField): Item =>
  Object.fromEntries(
    Object.entries(field.item ?? {}).map(([name, part]) => [
      name,
      part.kind === 'flag' ? false : null,
    ]),
  )

type PartProps = { part: AnyField; value: unknown; onChange: (value: unknown) => void }

const Part = ({ part, value, onChange }: PartProps) => {
  if (part.kind === 'flag')
    return (
      <Checkbox
        label={part.label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  if (part.kind === 'choice')
    return (
      <Select
        aria-label={part.label}
        placeholder={part.label}
        data={(part.options ?? []).map((option) => ({ value: option, label: humanise(option) }))}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
      />
    )
  if (part.kind === 'ref')
    return (
      <RecordPicker
        target={part.target ?? ''}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        label={part.label}
      />
    )
  if (part.kind === 'integer' || part.kind === 'decimal')
    return (
      <NumberField
        aria-label={part.label}
        placeholder={part.label}
        decimalScale={part.kind === 'integer' ? 0 : 4}
        {...(part.min === undefined ? {} : { min: part.min })}
        {...(part.max === undefined ? {} : { max: part.max })}
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
      />
    )
  return (
    <TextInput
      className={classes.grow ?? ''}
      aria-label={part.label}
      placeholder={part.label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

/** Edits a short list of small structures: addresses, phone numbers, links. */
export const ListEditor = ({ field, value, onChange }: EditorProps) => {
  const { t } = useTranslation('records')
  const items: Item[] = Array.isArray(value) ? value : []
  const replace = (index: number, item: Item) =>
    onChange(items.map((held, position) => (position === index ? item : held)))
  return (
    <Stack gap="xs">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div className={classes.item} key={index}>
          {Object.entries(field.item ?? {}).map(([name, part]) => (
            <Part
              key={name}
              part={part}
              value={item[name]}
              onChange={(next) => replace(index, { ...item, [name]: next })}
            />
          ))}
          <ActionIcon
            aria-label={t('removeItem')}
            onClick={() => onChange(items.filter((_, position) => position !== index))}
          >
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...items, emptyItem(field)])}
        w="fit-content"
      >
        {t('addItem', { field: field.label.toLowerCase() })}
      </Button>
    </Stack>
  )
}
