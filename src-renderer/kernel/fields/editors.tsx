/** How a value is typed: one editor a field kind. Values in and out are stored values. */
import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { DateInput, DateTimePicker } from '@mantine/dates'
import i18next from 'i18next'
import type { KeyboardEvent, ReactNode } from 'react'
import type { AnyField, FieldKind } from '../../../shared/kernel/field'
import { currencyCodes } from '../../../shared/kernel/money'
import { humanise } from '../../ui/format'
import { NumberField } from '../../ui/NumberField'
import { ListEditor } from './ListEditor'
import { MapEditor } from './MapEditor'
import { MoneyField } from './MoneyField'
import { RecordPicker } from './RecordPicker'
import { RecurrenceEditor } from './RecurrenceEditor'
import { TagsEditor } from './TagsEditor'

export type EditorProps = {
  field: AnyField
  value: unknown
  onChange: (value: unknown) => void
  currency: string
  autoFocus?: boolean
  onBlur?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const orNull = (text: string): string | null => (text === '' ? null : text)

const common = ({ field, autoFocus, onBlur, onKeyDown }: EditorProps) => ({
  'aria-label': field.label,
  autoFocus: autoFocus ?? false,
  'data-autofocus': autoFocus || undefined,
  ...(field.hint ? { placeholder: field.hint } : {}),
  ...(onBlur ? { onBlur } : {}),
  ...(onKeyDown ? { onKeyDown } : {}),
})

const input =
  (type: string) =>
  (props: EditorProps): ReactNode => (
    <TextInput
      {...common(props)}
      type={type}
      value={asText(props.value)}
      onChange={(event) => props.onChange(orNull(event.currentTarget.value))}
    />
  )

const longText = (props: EditorProps): ReactNode => (
  <Textarea
    {...common(props)}
    autosize
    minRows={2}
    maxRows={10}
    value={asText(props.value)}
    onChange={(event) => props.onChange(orNull(event.currentTarget.value))}
  />
)

const bounds = ({ field }: EditorProps) => ({
  ...(field.unit ? { suffix: ` ${field.unit}` } : {}),
  ...(field.min === undefined ? {} : { min: field.min }),
  ...(field.max === undefined ? {} : { max: field.max }),
})

/** The cross that empties a date says so. */
const clearing = ({ field }: EditorProps) => ({
  clearable: true,
  clearButtonProps: { 'aria-label': i18next.t('records:clear', { field: field.label }) },
})

const editors = {
  text: input('text'),
  longText,
  richText: longText,
  email: input('email'),
  phone: input('tel'),
  url: input('text'),
  integer: (props) => (
    <NumberField
      {...common(props)}
      {...bounds(props)}
      allowDecimal={false}
      thousandSeparator
      value={typeof props.value === 'number' ? props.value : null}
      onChange={props.onChange}
    />
  ),
  decimal: (props) => (
    <NumberField
      {...common(props)}
      {...bounds(props)}
      decimalScale={4}
      thousandSeparator
      value={typeof props.value === 'number' ? props.value : null}
      onChange={props.onChange}
    />
  ),
  currency: (props) => (
    <Select
      {...common(props)}
      data={currencyCodes}
      value={asText(props.value) || null}
      onChange={props.onChange}
      searchable
      clearable={!props.field.required}
    />
  ),
  money: (props) => (
    <MoneyField
      {...common(props)}
      {...(props.field.min === undefined ? {} : { min: props.field.min })}
      currency={props.currency}
      value={typeof props.value === 'number' ? props.value : null}
      onChange={props.onChange}
    />
  ),
  flag: (props) => (
    <Checkbox
      {...common(props)}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  ),
  choice: (props) => (
    <Select
      {...common(props)}
      data={(props.field.options ?? []).map((value) => ({ value, label: humanise(value) }))}
      value={asText(props.value) || null}
      onChange={props.onChange}
      clearable={!props.field.required}
      searchable={(props.field.options?.length ?? 0) > 7}
    />
  ),
  day: (props) => (
    <DateInput
      {...common(props)}
      size="xs"
      value={asText(props.value) || null}
      onChange={props.onChange}
      {...clearing(props)}
      valueFormat="YYYY-MM-DD"
    />
  ),
  instant: (props) => (
    <DateTimePicker
      {...common(props)}
      size="xs"
      value={typeof props.value === 'string' ? new Date(props.value) : null}
      onChange={(value) => props.onChange(value === null ? null : new Date(value).toISOString())}
      {...clearing(props)}
    />
  ),
  recurrence: (props) => <RecurrenceEditor {...props} />,
  ref: (props) => (
    <RecordPicker
      target={props.field.target ?? ''}
      value={asText(props.value) || null}
      onChange={props.onChange}
      label={props.field.label}
      autoFocus={props.autoFocus ?? false}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    />
  ),
  tags: (props) => (
    <TagsEditor
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      onChange={props.onChange}
      label={props.field.label}
      autoFocus={props.autoFocus ?? false}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    />
  ),
  list: (props) => <ListEditor {...props} />,
  map: (props) => <MapEditor {...props} />,
} as const satisfies Record<FieldKind, (props: EditorProps) => ReactNode>

/** The editor of a field; it tells every change at once and validates nothing. */
export const FieldInput = (props: EditorProps) => editors[props.field.kind](props)

/** Kinds whose editors are complete with one choice, so that it can be saved at once. */
export const isOneChoice = (kind: FieldKind): boolean =>
  kind === 'choice' || kind === 'currency' || kind === 'flag' || kind === 'ref' || kind === 'day'

/** Kinds whose editors take several steps and are saved when they are left. */
export const isStructured = (kind: FieldKind): boolean =>
  kind === 'list' || kind === 'map' || kind === 'tags' || kind === 'recurrence'
