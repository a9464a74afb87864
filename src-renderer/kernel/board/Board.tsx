import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stage as stageEntity } from '../../../shared/features/pipelines/pipeline'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newRow } from '../../../shared/kernel/rules'
import type { ListQuery } from '../../local/api'
import listClasses from '../list/list.module.css'
import { RecordPreview } from '../record/RecordPreview'
import type { StagedView } from '../stages/staged-view'
import { useStageMove } from '../stages/use-stage-move'
import { useAccess } from '../use-access'
import { useAggregate, useRecord, useRecords } from '../use-records'
import { useSession } from '../use-store'
import { BoardColumn } from './BoardColumn'
import classes from './board.module.css'
import { type CardContext, CardFace } from './CardFace'
import { columnUnder, nextColumn } from './collide'
import { columnTotals } from './totals'
import { useAnnouncements } from './use-announcements'
import { useBoardFocus } from './use-board-focus'
import { useFoldedColumns } from './use-folded-columns'
import { useMoving } from './use-moving'

/** All tags by id: cards share one answer instead of asking each for its own. */
const useTags = (): ReadonlyMap<string, AnyRow> => {
  const { rows } = useRecords({ entity: 'tag' })
  return useMemo(() => new Map(rows.map((tag) => [tag.id, tag])), [rows])
}

type Props = { view: StagedView; stages: readonly AnyRow[]; query: ListQuery }

/** About how wide columns are side by side. */
const widthOf = (stages: readonly AnyRow[], isFolded: (stage: AnyRow) => boolean): number =>
  stages.reduce((sum, stage) => sum + (isFolded(stage) ? 52 : 272), 220)

const nothing = { count: 0, amounts: [] }
const noRows: readonly AnyRow[] = []
const nobody: ReadonlySet<string> = new Set()

const useBoardSensors = () =>
  useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A finger that moves at once scrolls; one that rests picks up.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: nextColumn,
      // A column off the screen comes at once: a key is answered, not animated.
      scrollBehavior: 'auto',
      keyboardCodes: { start: ['Space'], end: ['Space', 'Enter'], cancel: ['Escape', 'Tab'] },
    }),
  )

const useTotals = (view: StagedView, { where, search }: ListQuery, currency: string) => {
  const { groups } = useAggregate({
    entity: view.entity.name,
    groupBy: [{ field: 'stageId' }, { field: 'currency' }],
    sums: [
      { name: 'amount', field: view.amount },
      { name: 'weighted', field: view.amount, percentField: 'probability' },
    ],
    ...(where ? { where } : {}),
    ...(search ? { search } : {}),
  })
  return useMemo(() => columnTotals(groups, currency), [groups, currency])
}

/** What each column asks the store for. The same until something else is shown: columns are many cards. */
const useColumnQueries = (query: ListQuery, stages: readonly AnyRow[]): Map<string, ListQuery> => {
  const key = JSON.stringify([query, stages.map(({ id }) => id)])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what of query and stages matters
  return useMemo(
    () =>
      new Map(['', ...stages.map(({ id }) => id)].map((id) => [id, inStage(query, id, stages)])),
    [key],
  )
}

const Preview = ({ view, id, onClose }: { view: StagedView; id: string; onClose: () => void }) => {
  const { t } = useTranslation('records')
  const row = useRecord(view.entity.name, id)
  if (!row) return null
  return (
    <aside className={listClasses.panel} aria-label={t('preview')}>
      <RecordPreview entity={view.entity} row={row} onClose={onClose} />
    </aside>
  )
}

type Held = {
  row: AnyRow
  context: CardContext & { stage: AnyRow | undefined; tags: ReadonlyMap<string, AnyRow> }
}

const heldOf = ({ active }: Pick<DragStartEvent, 'active'>): Held | null =>
  (active.data.current as Held | undefined) ?? null

/** Stages as columns, records as cards that are moved from one to another. */
export const Board = ({ view, stages, query }: Props) => {
  const { t } = useTranslation('pipelines')
  const navigate = useNavigate()
  const { currency } = useSession()
  const access = useAccess()
  const canMove = access.may('update', view.entity)
  const canAdd = access.may('create', view.entity)
  const totals = useTotals(view, query, currency)
  const tags = useTags()
  const { moving, track } = useMoving(view.entity.name)
  const { move, dialog } = useStageMove(view, track)
  const { isFolded, fold } = useFoldedColumns(view.entity.name)
  const queries = useColumnQueries(query, stages)
  const { handles, focus, focusOn, onKeyDown } = useBoardFocus(stages)
  const [held, setHeld] = useState<Held | null>(null)
  const [openId, setOpenId] = useState<string>()
  const columns = useRef<HTMLDivElement>(null)
  const sensors = useBoardSensors()
  const accessibility = useAnnouncements(view.entity)
  const onOpen = useCallback(({ id }: AnyRow) => setOpenId(id), [])
  const drop = (event: DragEndEvent) => {
    const { row } = heldOf(event) ?? {}
    const stage = stages.find(({ id }) => id === event.over?.id)
    setHeld(null)
    if (!row) return
    if (event.activatorEvent instanceof window.KeyboardEvent) focusOn(row.id)
    if (stage) move(row, stage)
  }
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (held) return
    const id = event.target instanceof HTMLElement ? event.target.dataset.card : undefined
    if (event.key === 'Escape' && openId) setOpenId(undefined)
    else if (event.key === 'Enter' && id)
      void navigate({ to: '/$plural/$id', params: { plural: view.entity.plural, id } })
    else onKeyDown(event)
  }
  const strayCount = [...totals]
    .filter(([id]) => !stages.some((stage) => stage.id === id))
    .reduce((sum, [, { count }]) => sum + count, 0)
  const shown = strayCount > 0 ? [...stages, strays(t('noStage'))] : stages
  return (
    <div className={classes.body}>
      <DndContext
        sensors={sensors}
        collisionDetection={columnUnder}
        accessibility={accessibility}
        autoScroll={{
          canScroll: (element) => element === columns.current,
          threshold: { x: 0.12, y: 0 },
        }}
        onDragStart={(event) => setHeld(heldOf(event))}
        onDragCancel={() => setHeld(null)}
        onDragEnd={drop}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to the keys of the cards inside */}
        <div
          className={classes.columns}
          ref={columns}
          onKeyDown={keys}
          data-held={held ? true : undefined}
        >
          {shown.map((stage, index) => (
            <BoardColumn
              key={stage.id}
              view={view}
              stage={stage}
              query={queries.get(stage.id) ?? query}
              total={
                totals.get(stage.id) ??
                (stage.id === '' ? { count: strayCount, amounts: [] } : nothing)
              }
              currency={currency}
              tags={tags}
              arriving={arrivingAt(moving, stage.id)}
              leaving={leavingFrom(moving, stage.id)}
              canMove={canMove}
              canAdd={canAdd && stage.stageType === 'open' && stages.includes(stage)}
              isCollapsed={isFolded(stage)}
              isFar={widthOf(shown.slice(0, index), isFolded) > window.innerWidth}
              openId={openId}
              focus={focus}
              handles={handles}
              onOpen={onOpen}
              onFold={fold}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null} className={classes.overlay ?? ''}>
          {held ? (
            <div className={`${classes.card} ${classes.ghost}`}>
              <CardFace view={view} row={held.row} currency={currency} {...held.context} />
            </div>
          ) : null}
        </DragOverlay>
      </DndContext>
      {openId ? <Preview view={view} id={openId} onClose={() => setOpenId(undefined)} /> : null}
      {dialog}
    </div>
  )
}

/** A column for records whose stage was deleted on another device: they can be dragged out of it. */
const strays = (name: string): AnyRow => newRow(stageEntity, '', { name })

/** The records of one stage; under an empty id those that stand in none of them. */
const inStage = (query: ListQuery, id: string, stages: readonly AnyRow[]): ListQuery => ({
  ...query,
  where: [
    ...(query.where ?? []),
    ...(id !== ''
      ? [{ field: 'stageId', operator: 'eq' as const, value: id }]
      : stages.map((stage) => ({ field: 'stageId', operator: 'ne' as const, value: stage.id }))),
  ],
})

type MovingCards = ReturnType<typeof useMoving>['moving']

const arrivingAt = (moving: MovingCards, id: string): readonly AnyRow[] =>
  moving.size === 0
    ? noRows
    : [...moving.values()].filter(({ stageId }) => stageId === id).map(({ row }) => row)

const leavingFrom = (moving: MovingCards, id: string): ReadonlySet<string> =>
  moving.size === 0
    ? nobody
    : new Set([...moving].filter(([, { stageId }]) => stageId !== id).map(([key]) => key))
