/** How a value is shown: one renderer a field kind. */
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { AnyField, FieldKind } from '../../../shared/kernel/field'
import { formatMoney } from '../../../shared/kernel/money'
import { formatPhone } from '../../../shared/kernel/phone'
import {
  formatCount,
  formatDay,
  formatDecimal,
  formatInstant,
  formatWhen,
  humanise,
  locale,
} from '../../ui/format'
import { Pill } from '../../ui/Pill'
import { useNow } from '../use-now'
import classes from './fields.module.css'
import { ListItems } from './ListItems'
import { choiceColor } from './pill-colors'
import { Reference } from './Reference'
import { sayRecurrence } from './recurrence-words'
import { Tags } from './Tags'

export type CellProps = {
  field: AnyField
  value: unknown
  row: AnyRow
  /** ISO 4217, for money without a currency of its own. */
  currency: string
  /** `full` on record pages, `line` in tables, where nothing may wrap. */
  mode: 'line' | 'full'
}

const text = ({ value, mode }: CellProps): ReactNode => (
  <span className={mode === 'line' ? classes.ellipsis : classes.lines} dir="auto">
    {String(value)}
  </span>
)

const link = (href: string, content: string): ReactNode => (
  <a href={href} className={classes.link} onClick={(event) => event.stopPropagation()}>
    {content}
  </a>
)

const shownPhones = new Map<string, string>()
const keptPhones = 5000

/** Reading a number takes a tenth of a millisecond, and lists show hundreds again and again. */
const phoneText = (number: string): string => {
  const known = shownPhones.get(number)
  if (known !== undefined) return known
  if (shownPhones.size >= keptPhones) shownPhones.clear()
  const shown = formatPhone(number)
  shownPhones.set(number, shown)
  return shown
}

const currencyOf = ({ field, row, currency }: CellProps): string => {
  const own = field.currencyField ? row[field.currencyField] : undefined
  return typeof own === 'string' && /^[A-Z]{3}$/.test(own) ? own : currency
}

const isOverdue = ({ field, value, row }: CellProps, now: number): boolean =>
  field.label === 'Due' &&
  typeof value === 'string' &&
  value < new Date(now).toISOString() &&
  row.status !== 'completed' &&
  row.status !== 'cancelled'

const lines = (items: readonly string[], mode: CellProps['mode']): ReactNode =>
  mode === 'line' ? (
    <span className={classes.ellipsis}>{items.join('; ')}</span>
  ) : (
    <span className={classes.stack}>
      {items.map((item) => (
        <span key={item}>{item}</span>
      ))}
    </span>
  )

const number = ({ field }: CellProps, shown: string): ReactNode => (
  <span className={classes.number}>{field.unit ? `${shown} ${field.unit}` : shown}</span>
)

const Instant = (props: CellProps) => {
  const now = useNow()
  const at = String(props.value)
  return (
    <time
      className={isOverdue(props, now) ? classes.warn : classes.number}
      dateTime={at}
      title={formatInstant(at)}
    >
      {formatWhen(at, now)}
    </time>
  )
}

const cells = {
  text,
  longText: text,
  richText: text,
  email: ({ value }) => link(`mailto:${value}`, String(value)),
  phone: ({ value }) => link(`tel:${value}`, phoneText(String(value))),
  url: ({ value }) => {
    const address = String(value)
    const href = address.includes('://') ? address : `https://${address}`
    return (
      <a href={href} target="_blank" rel="noreferrer" className={classes.link}>
        {address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
      </a>
    )
  },
  integer: (props) => number(props, formatCount(Number(props.value))),
  decimal: (props) => number(props, formatDecimal(Number(props.value))),
  currency: text,
  money: (props) => (
    <span className={classes.number}>
      {formatMoney(Number(props.value), currencyOf(props), locale())}
    </span>
  ),
  flag: ({ value, field }) =>
    value === true ? (
      <IconCheck size={16} aria-label={field.label} />
    ) : (
      <span className={classes.quiet}>–</span>
    ),
  choice: ({ value }) => <Pill color={choiceColor(String(value))}>{humanise(String(value))}</Pill>,
  day: ({ value }) => <span className={classes.number}>{formatDay(String(value))}</span>,
  instant: (props) => <Instant {...props} />,
  recurrence: ({ value }) => <span>{sayRecurrence(String(value))}</span>,
  ref: ({ field, value }) => <Reference target={field.target ?? ''} id={String(value)} />,
  tags: ({ value }) => <Tags ids={Array.isArray(value) ? value.map(String) : []} />,
  list: ({ field, value, mode }) => (
    <ListItems field={field} items={Array.isArray(value) ? value : []} mode={mode} />
  ),
  map: ({ value, mode }) =>
    lines(
      Object.entries(value ?? {}).map(([key, entry]) => `${key}: ${entry}`),
      mode,
    ),
} as const satisfies Record<FieldKind, (props: CellProps) => ReactNode>

/** Whether there is nothing to show. */
export const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** A value as its kind is shown; nothing for an empty one. */
export const FieldCell = (props: CellProps) =>
  isBlank(props.value) ? null : cells[props.field.kind](props)

/** Kinds whose values stand at the right of a column. */
export const isNumeric = (kind: FieldKind): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'money'
