import { Fragment, type ReactNode } from 'react'
import type { AnyField } from '../../../shared/kernel/field'
import { formatPhone } from '../../../shared/kernel/phone'
import { formatDay, humanise } from '../../ui/format'
import classes from './fields.module.css'
import { Reference } from './Reference'

type Item = { [part: string]: unknown }

const partOf = (field: AnyField, value: unknown): ReactNode => {
  if (value === null || value === undefined || value === '') return null
  if (field.kind === 'flag') return value === true ? field.label : null
  if (field.kind === 'ref') return <Reference target={field.target ?? ''} id={String(value)} />
  if (field.kind === 'choice') return humanise(String(value))
  if (field.kind === 'phone') return formatPhone(String(value))
  if (field.kind === 'day') return formatDay(String(value))
  return String(value)
}

const ItemLine = ({ field, item }: { field: AnyField; item: Item }) => {
  const parts = Object.entries(field.item ?? {})
    .map(([name, part]) => ({ name, shown: partOf(part, item[name]) }))
    .filter(({ shown }) => shown !== null)
  return (
    <>
      {parts.map(({ name, shown }, index) => (
        <Fragment key={name}>
          {index > 0 ? ', ' : ''}
          {shown}
        </Fragment>
      ))}
    </>
  )
}

/** A list of small structures: one below the other, or in one line. */
export const ListItems = ({
  field,
  items,
  mode,
}: {
  field: AnyField
  items: readonly Item[]
  mode: 'line' | 'full'
}) =>
  mode === 'line' ? (
    <span className={classes.ellipsis}>
      {items.map((item, index) => (
        <Fragment key={JSON.stringify(item)}>
          {index > 0 ? '; ' : ''}
          <ItemLine field={field} item={item} />
        </Fragment>
      ))}
    </span>
  ) : (
    <span className={classes.stack}>
      {items.map((item) => (
        <span key={JSON.stringify(item)}>
          <ItemLine field={field} item={item} />
        </span>
      ))}
    </span>
  )
