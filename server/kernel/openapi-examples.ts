/** Example values by field kind; the contract tests send the very same ones. */
import type { AnyEntity } from '../../shared/kernel/entity'
import { type AnyField, type FieldKind, isReadOnly } from '../../shared/kernel/field'
import { camelToSnake } from '../../shared/kernel/wire'

const numberWithin = (field: AnyField): number =>
  Math.min(Math.max(42, field.min ?? 42), field.max ?? 42)

const examples = {
  text: ({ label }) => `${label} of an example`,
  longText: ({ label }) => `${label}, in some more words.`,
  richText: () => 'Met at the fair.\nWants an offer by Friday.',
  email: () => 'ann@example.com',
  phone: () => '+4930123456',
  url: () => 'https://example.com',
  integer: numberWithin,
  decimal: numberWithin,
  currency: () => 'EUR',
  money: () => 1250.5,
  flag: () => true,
  choice: ({ options }) => options?.at(-1),
  day: () => '1990-02-28',
  instant: () => '2026-01-15T09:30:00.000Z',
  recurrence: () => 'FREQ=WEEKLY;BYDAY=MO',
  // Which records there are to point at, no example can know.
  ref: () => undefined,
  tags: () => ['Enterprise', 'VIP'],
  list: ({ item = {} }) => {
    const isWhole = Object.values(item).every((part) => !part.required || part.kind !== 'ref')
    return isWhole ? [examplesOf(item)] : undefined
  },
  map: () => ({ shoe_size: '42' }),
} as const satisfies Record<FieldKind, (field: AnyField) => unknown>

const exampleOf = (field: AnyField): unknown =>
  field.example === undefined ? examples[field.kind](field) : field.example

const examplesOf = (fields: Record<string, AnyField>): { [name: string]: unknown } =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => !isReadOnly(field))
      .map(([name, field]) => [camelToSnake(name), exampleOf(field)] as const)
      .filter(([, value]) => value !== undefined && value !== null),
  )

/** A whole record as a client may send it. */
export const exampleBody = (entity: AnyEntity): { [name: string]: unknown } =>
  examplesOf(entity.fields)
