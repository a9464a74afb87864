import { memo } from 'react'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { Initials } from '../../ui/Initials'
import { RowCheck } from '../../ui/RowCheck'
import { FieldCell, isNumeric } from '../fields/cells'
import { RecordLink } from '../RecordLink'
import classes from './list.module.css'

/** A column as it is shown; the first, which names the record, has no field. */
export type Column = { name: string; label: string; field: AnyField | undefined; width: number }

/** What a row asks its table to do, and what it says; the same functions at every render. */
export type RowActions = {
  nameOf: (title: string) => string
  selectLabel: (title: string) => string
  press: (index: number, event: { shiftKey: boolean }) => void
  toggle: (id: string, index: number) => void
  edit: (cell: { index: number; field: string }) => void
}

type Props = {
  entity: AnyEntity
  /** Absent while it is read. */
  row: AnyRow | undefined
  index: number
  /** Where it stands among rows and heads of groups. */
  position: number
  top: number
  height: number
  minWidth: string
  columns: readonly Column[]
  currency: string
  isSelected: boolean
  isFocused: boolean
  actions: RowActions
}

/** One row of a table; drawn again only when something of it has changed. */
export const TableRow = memo((props: Props) => {
  const { entity, row, index, columns, actions, currency } = props
  const title = row ? titleOf(entity, row) : ''
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the screen's shortcuts do the same by keyboard
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={props.position + 2}
      aria-selected={props.isSelected}
      data-focused={props.isFocused || undefined}
      className={classes.row}
      style={{
        transform: `translateY(${props.top}px)`,
        height: props.height,
        minWidth: props.minWidth,
      }}
      onClick={(event) => actions.press(index, event)}
    >
      <div role="gridcell" className={`${classes.cell} ${classes.check}`}>
        {row ? (
          <RowCheck
            label={actions.selectLabel(title)}
            checked={props.isSelected}
            onChange={() => actions.toggle(row.id, index)}
          />
        ) : null}
      </div>
      {columns.map(({ name, field, width }) => (
        <div
          role="gridcell"
          tabIndex={-1}
          key={name}
          className={classes.cell}
          data-numeric={field && isNumeric(field.kind) ? true : undefined}
          data-cell={`${index}-${name}`}
          style={{ width }}
          onDoubleClick={() => field && actions.edit({ index, field: name })}
        >
          {row === undefined ? (
            <span className={classes.skeleton} />
          ) : field ? (
            <FieldCell field={field} value={row[name]} row={row} currency={currency} mode="line" />
          ) : (
            <RecordLink plural={entity.plural} id={row.id} className={classes.title}>
              <Initials name={title} square={entity.name !== 'contact'} />
              <span className={classes.name}>{actions.nameOf(title)}</span>
            </RecordLink>
          )}
        </div>
      ))}
    </div>
  )
})
