import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type ColumnDef, getCoreRowModel, useReactTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { isNumeric } from '../fields/cells'
import { GroupHead } from './GroupHead'
import classes from './list.module.css'
import type { SortKey } from './list-state'
import { type Column, type RowActions, TableRow } from './TableRow'
import type { useColumns } from './use-columns'
import type { Groups } from './use-groups'
import type { Selection } from './use-selection'

const defaultWidth: Partial<Record<AnyField['kind'], number>> = {
  choice: 130,
  flag: 90,
  integer: 110,
  money: 140,
  instant: 130,
  day: 120,
  email: 220,
  tags: 190,
}

const titleWidth = 240

/** As large as the table before, most likely: its rows are drawn before it has been measured. */
const lastRect = { width: 1200, height: 800 }

type Props = {
  entity: AnyEntity
  columns: ReturnType<typeof useColumns>
  sort: SortKey
  onSort: (field: string) => void
  total: number
  groups: Groups
  /** The screen has been shown once. */
  isPainted: boolean
  rowAt: (index: number) => AnyRow | undefined
  rowHeight: number
  currency: string
  selection: Selection
  focused: number
  onFocus: (index: number) => void
  onEdit: (cell: { index: number; field: string }) => void
  onRange: (range: { first: number; last: number }) => void
  scroller: RefObject<HTMLDivElement | null>
}

const updated: AnyField = { kind: 'instant', label: 'Updated' }

const columnsOf = (
  entity: AnyEntity,
  { names, widths }: Pick<Props['columns'], 'names' | 'widths'>,
): Column[] => [
  {
    name: entity.titleFields[0] ?? 'id',
    label:
      entity.titleFields.length > 1
        ? 'Name'
        : (fieldOf(entity, entity.titleFields[0] ?? '')?.label ?? 'Name'),
    field: undefined,
    width: widths.$title ?? titleWidth,
  },
  ...names.map((name) => {
    const field = fieldOf(entity, name) ?? updated
    return {
      name,
      label: field.label,
      field,
      width: widths[name] ?? defaultWidth[field.kind] ?? 180,
    }
  }),
]

/** The columns, the same list as long as they are the same ones. */
const useColumnList = (entity: AnyEntity, { names, widths }: Props['columns']): Column[] =>
  useMemo(() => columnsOf(entity, { names, widths }), [entity, names, widths])

const isSelected = ({ rowAt, selection }: Props, index: number): boolean => {
  const row = rowAt(index)
  return row !== undefined && selection.has(row.id)
}

/** Functions that stay the same and do what the table of the latest render would. */
const useRowActions = (props: Props): RowActions => {
  const { t } = useTranslation('records')
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  return useMemo(
    () => ({
      nameOf: (title) => title || t('untitled'),
      selectLabel: (name) => t('select', { name }),
      press: (index, { shiftKey }) => {
        if (shiftKey) void latest.current.selection.extendTo(index)
        latest.current.onFocus(index)
      },
      toggle: (id, index) => latest.current.selection.toggle(id, index),
      edit: (cell) => latest.current.onEdit(cell),
    }),
    [t],
  )
}

/** A table of any length: only the rows on screen exist. */
export const RecordTable = (props: Props) => {
  const { entity, total, rowHeight, scroller, onRange, focused, groups } = props
  const { layout } = groups
  const { positionOf } = layout
  const { t } = useTranslation('records')
  const virtual = useVirtualizer({
    count: layout.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    initialRect: lastRect,
    onChange: ({ scrollRect }) => {
      if (scrollRect && scrollRect.height > 0) Object.assign(lastRect, scrollRect)
    },
    // What lies outside of the window is drawn once what lies in it is there.
    overscan: props.isPainted ? 4 : 0,
    scrollPaddingStart: 32,
  })
  const items = virtual.getVirtualItems()
  const places = items.map(({ index, start }) => ({ position: index, start, ...layout.at(index) }))
  const rows = places.flatMap((place) => (place.kind === 'row' ? place.index : []))
  const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? 0]
  useEffect(() => onRange({ first, last }), [first, last, onRange])
  const measured = useRef(rowHeight)
  useEffect(() => {
    // A hundred thousand places are added up each time.
    if (measured.current !== rowHeight) virtual.measure()
    measured.current = rowHeight
  }, [rowHeight, virtual])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only moving the focus scrolls, not groups that open or close around it
  useEffect(() => {
    if (focused >= 0) virtual.scrollToIndex(positionOf(focused), { align: 'auto' })
  }, [focused, virtual])
  const columns = useColumnList(entity, props.columns)
  const actions = useRowActions(props)
  const width = columns.reduce((sum, column) => sum + column.width, 40)
  const definitions = useMemo<ColumnDef<AnyRow>[]>(
    () => columns.map(({ name, label }) => ({ id: name, header: label })),
    [columns],
  )
  const table = useReactTable({
    data: [],
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    state: { sorting: [{ id: props.sort.field, desc: props.sort.descending }] },
  })
  return (
    <div
      role="grid"
      aria-label={entity.labelPlural}
      aria-rowcount={layout.length + 1}
      aria-colcount={columns.length + 1}
      className={classes.table}
      style={{ height: virtual.getTotalSize() + 32, minWidth: `max(100%, ${width}px)` }}
      tabIndex={-1}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={classes.head}
        style={{ minWidth: `max(100%, ${width}px)` }}
      >
        <div role="columnheader" className={`${classes.headCell} ${classes.check}`}>
          <Checkbox
            aria-label={t('selectAll')}
            checked={props.selection.isAll(total)}
            indeterminate={props.selection.size > 0 && !props.selection.isAll(total)}
            onChange={() => void props.selection.toggleAll()}
          />
        </div>
        {columns.map((column) => (
          <HeadCell
            key={column.name}
            {...props}
            column={column}
            table={table}
            hint={t('sortBy', { field: column.label })}
          />
        ))}
      </div>
      {places.map((place) =>
        place.kind === 'group' ? (
          <GroupHead
            key={`group-${place.group.key}`}
            entity={entity}
            field={groups.field ?? ''}
            group={place.group}
            isOpen={place.isOpen}
            currency={props.currency}
            top={place.start}
            height={rowHeight}
            width={width}
            rowIndex={place.position + 2}
            onToggle={() => groups.toggle(place.group)}
          />
        ) : (
          <TableRow
            key={place.index}
            entity={entity}
            row={props.rowAt(place.index)}
            index={place.index}
            position={place.position}
            top={place.start}
            height={rowHeight}
            minWidth={`max(100%, ${width}px)`}
            columns={columns}
            currency={props.currency}
            isSelected={isSelected(props, place.index)}
            isFocused={focused === place.index}
            actions={actions}
          />
        ),
      )}
    </div>
  )
}

type HeadProps = Props & {
  column: Column
  table: ReturnType<typeof useReactTable<AnyRow>>
  /** What a click does. */
  hint: string
}

const HeadCell = ({ column, table, hint, onSort, columns }: HeadProps) => {
  const sorted = table.getColumn(column.name)?.getIsSorted() ?? false
  const key = column.field ? column.name : '$title'
  const startResize = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget
    const from = event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = ({ clientX }: { clientX: number }) =>
      columns.resize(key, column.width + clientX - from)
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', end)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', end)
  }
  return (
    <div
      role="columnheader"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      className={classes.headCell}
      style={{
        width: column.width,
        justifyContent: column.field && isNumeric(column.field.kind) ? 'flex-end' : undefined,
      }}
    >
      <button
        type="button"
        className={classes.headButton}
        title={hint}
        onClick={() => onSort(column.name)}
      >
        <span>{column.label}</span>
        {sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : null}
        {sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}
      </button>
      <div className={classes.handle} onPointerDown={startResize} />
    </div>
  )
}
