import { useDroppable } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type RefObject, startTransition, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ListQuery } from '../../local/api'
import { formatCount } from '../../ui/format'
import tones from '../../ui/tone.module.css'
import { usePagedRecords } from '../list/use-paged-records'
import type { StagedView } from '../stages/staged-view'
import { BoardCard } from './BoardCard'
import classes from './board.module.css'
import { cardHeight, isTagged } from './CardFace'
import { ColumnHead } from './ColumnHead'
import { mergeRows } from './merge-rows'
import { QuickAdd } from './QuickAdd'
import type { ColumnTotal } from './totals'
import { useCardContext } from './use-card-context'

/** What the board asks of a column when the focus moves. */
export type ColumnHandle = {
  total: number
  idAt: (index: number) => string | undefined
  scrollTo: (index: number) => void
}

export type ColumnProps = {
  view: StagedView
  stage: AnyRow
  query: ListQuery
  total: ColumnTotal
  currency: string
  tags: ReadonlyMap<string, AnyRow>
  arriving: readonly AnyRow[]
  leaving: ReadonlySet<string>
  canMove: boolean
  canAdd: boolean
  isCollapsed: boolean
  /** Begins beyond the right edge of the window. */
  isFar: boolean
  /** The preview that stands beside the board. */
  openId: string | undefined
  focus: { id: string; tick: number }
  handles: RefObject<Map<string, ColumnHandle>>
  onOpen: (row: AnyRow) => void
  onFold: (stageId: string, isFolded: boolean) => void
}

const gap = 8
const block = 20

/** True at once or, for what nobody sees yet, as soon as the rest stands on the screen. */
const useDrawn = (atOnce: boolean): boolean => {
  const [isDrawn, setDrawn] = useState(atOnce)
  useEffect(() => {
    if (isDrawn) return
    const timer = setTimeout(() => startTransition(() => setDrawn(true)))
    return () => clearTimeout(timer)
  }, [isDrawn])
  return isDrawn
}

/** One stage: its head, and as many of its cards as fit the screen. */
export const BoardColumn = memo((props: ColumnProps) => {
  const { stage, isCollapsed, onFold, total } = props
  const { t } = useTranslation('pipelines')
  const [adding, setAdding] = useState(false)
  const isDrawn = useDrawn(!props.isFar)
  const { setNodeRef, isOver } = useDroppable({ id: stage.id, data: { stage } })
  const name = String(stage.name)
  if (isCollapsed)
    return (
      <button
        type="button"
        ref={setNodeRef}
        className={`${classes.strip} ${tones.tone}`}
        data-color={stage.color ?? 'gray'}
        data-over={isOver || undefined}
        onClick={() => onFold(stage.id, false)}
      >
        <span className="visually-hidden">{t('expand')}</span>
        <span className={classes.stripName}>{name}</span>
        <span className={classes.stripCount}>{formatCount(total.count)}</span>
      </button>
    )
  return (
    <section
      ref={setNodeRef}
      className={`${classes.column} ${tones.tone}`}
      data-color={stage.color ?? 'gray'}
      data-over={isOver || undefined}
      aria-label={name}
      data-stage={stage.id}
    >
      <ColumnHead
        entity={props.view.entity}
        stage={stage}
        total={total}
        canAdd={props.canAdd}
        onAdd={() => setAdding(true)}
        onCollapse={() => onFold(stage.id, true)}
      />
      {adding ? (
        <QuickAdd entity={props.view.entity} stage={stage} onClose={() => setAdding(false)} />
      ) : null}
      {isDrawn ? <Cards {...props} /> : null}
    </section>
  )
})

/** Rows in steps of a block, so that not every row scrolled asks anew what stands beside them. */
const blockAround = (
  first: number,
  last: number,
  rowAt: (index: number) => AnyRow | undefined,
): AnyRow[] => {
  const from = Math.floor(first / block) * block
  const to = Math.ceil((last + 1) / block) * block
  return Array.from({ length: to - from }, (_, at) => rowAt(from + at)).filter(
    (row) => row !== undefined,
  )
}

const Cards = (props: ColumnProps) => {
  const { view, stage, query, arriving, leaving, handles, focus } = props
  const { t } = useTranslation('pipelines')
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ first: 0, last: 12 })
  const records = usePagedRecords(query, range)
  const { total, rowAt } = mergeRows(records, { arriving, leaving })
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isTagged(rowAt(index)) ? cardHeight.tagged : cardHeight.plain),
    gap,
    overscan: 1,
    getItemKey: (index) => rowAt(index)?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => setRange({ first, last }), [first, last])
  const rows = items.flatMap(({ index }) => rowAt(index) ?? [])
  const shape = rows.map((row) => `${row.id}${isTagged(row) ? '+' : ''}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: cards are measured anew when others stand there
  useEffect(() => virtual.measure(), [shape, virtual])
  const contextOf = useCardContext(view, blockAround(first, last, rowAt))
  useEffect(() => {
    const held = handles.current
    held.set(stage.id, {
      total,
      idAt: (index) => rowAt(index)?.id,
      scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    })
    return () => void held.delete(stage.id)
  })
  const hasFocus = rows.some(({ id }) => id === focus.id)
  return (
    <div className={classes.scroller} ref={scroller}>
      {total === 0 && !records.isPending ? (
        <p className={classes.empty}>{t('emptyColumn')}</p>
      ) : null}
      <ul className={classes.cards} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size, key }) => {
          const row = rowAt(index)
          return (
            <li
              key={key}
              className={classes.place}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {row ? (
                <BoardCard
                  view={view}
                  row={row}
                  stage={stage}
                  currency={props.currency}
                  tags={props.tags}
                  index={index}
                  canMove={props.canMove}
                  isOpen={props.openId === row.id}
                  isEntry={hasFocus ? focus.id === row.id : index === first}
                  focusTick={focus.id === row.id ? focus.tick : 0}
                  onOpen={props.onOpen}
                  {...contextOf(row)}
                />
              ) : (
                <div className={classes.skeleton} />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
