import { Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { ErrorState } from '../../ui/ErrorState'
import { useIsPainted } from '../../ui/use-after-paint'
import { CopyNote, SearchNote } from '../copy/CopyNote'
import { openQuickCreate } from '../create/open'
import { useFeatureView } from '../feature-view'
import { NamedRecords } from '../fields/named-records'
import { PageHeader } from '../PageHeader'
import { RecordPreview } from '../record/RecordPreview'
import { useShortcuts } from '../shortcuts'
import { useAccess } from '../use-access'
import { useCommit } from '../use-records'
import { useSession } from '../use-store'
import { ViewTabs } from '../views/ViewTabs'
import { definitionOf } from '../views/view-definition'
import { BulkBar } from './BulkBar'
import { CellEditor } from './CellEditor'
import { ListEmpty } from './ListEmpty'
import { ListToolbar } from './ListToolbar'
import classes from './list.module.css'
import { formatSort, nextSort, parseSort } from './list-state'
import { RecordTable } from './RecordTable'
import { groupChoices, useGroups } from './use-groups'
import { useListState } from './use-list-state'
import { usePagedRecords } from './use-paged-records'
import { useSelection } from './use-selection'

/** Keys of a list: move, open, preview, select, edit, create, delete. */
const useListKeys = (
  keys: {
    move: (by: number) => void
    open: () => void
    preview: () => void
    select: () => void
    edit: () => void
    create: () => void
    remove: () => void
    back: () => void
  },
  { isTable }: { isTable: boolean },
) => {
  useShortcuts({ c: keys.create })
  // Another layout has keys of its own.
  useShortcuts(
    {
      j: () => keys.move(1),
      arrowdown: () => keys.move(1),
      k: () => keys.move(-1),
      arrowup: () => keys.move(-1),
      enter: keys.open,
      ' ': keys.preview,
      x: keys.select,
      e: keys.edit,
      delete: keys.remove,
      escape: keys.back,
    },
    { enabled: isTable },
  )
}

type Cell = { index: number; field: string }

/** The cell that is being edited; one that the user may not change is not taken. */
const useCellEditing = (entity: AnyEntity, rowAt: (index: number) => AnyRow | undefined) => {
  const access = useAccess()
  const [editing, setEditing] = useState<Cell | null>(null)
  return {
    editing,
    edit: (cell: Cell) => {
      const row = rowAt(cell.index)
      const isFree = !access.isFixed(entity, cell.field)
      if (row && isFree && access.allows('update', entity, row)) setEditing(cell)
    },
    stopEditing: () => setEditing(null),
  }
}

/** The list of an entity: virtual, live, filtered, sorted, edited in place. */
export const EntityListScreen = ({ entity }: { entity: AnyEntity }) => {
  const { t } = useTranslation('records')
  const navigate = useNavigate()
  const commit = useCommit()
  const { currency } = useSession()
  const access = useAccess()
  const scroller = useRef<HTMLDivElement>(null)
  const isPainted = useIsPainted()
  const [focused, setFocused] = useState(-1)
  const onShow = useCallback(() => {
    setFocused(-1)
    scroller.current?.scrollTo({ top: 0 })
  }, [])
  const { search, query, naming, view, columns, show } = useListState(entity, onShow)
  const { layouts = [] } = useFeatureView(entity.name)
  const layout = layouts.find(({ id }) => id === search.layout)
  const selection = useSelection(query)
  const [compact] = useLocalStorage({
    key: 'roadbook.compact',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [range, setRange] = useState({ first: 0, last: 50 })
  const [preview, setPreview] = useState(false)
  const records = usePagedRecords({ ...query, naming }, range)
  const isGroupable = groupChoices(entity).some(({ name }) => name === search.group)
  const groups = useGroups(entity, {
    query,
    field: isGroupable ? search.group : undefined,
    total: records.total,
  })
  const canCreate = access.may('create', entity)
  const { editing, edit, stopEditing } = useCellEditing(entity, records.rowAt)
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const row = focused >= 0 ? records.rowAt(focused) : undefined
  const sort = parseSort(search.sort ?? entity.list.sort)
  const isFiltered = Boolean(query.search) || (query.where?.length ?? 0) > 0
  const create = () => openQuickCreate(entity)

  const keys = {
    move: (by: number) => setFocused(groups.layout.step(focused, by)),
    open: () =>
      row && void navigate({ to: '/$plural/$id', params: { plural: entity.plural, id: row.id } }),
    preview: () => setPreview(!preview && focused >= 0),
    select: () => row && selection.toggle(row.id, focused),
    edit: () => {
      const [name] = columns.names
      if (name) edit({ index: focused, field: name })
    },
    create: () => canCreate && create(),
    remove: () => {
      if (!row || !access.allows('delete', entity, row)) return
      const change = {
        entity: entity.name,
        id: row.id,
        set: { deletedAt: new Date().toISOString() },
      }
      void commit([change], { label: t('deleted', { name: titleOf(entity, row) }), toast: true })
    },
    back: () => (preview ? setPreview(false) : selection.clear()),
  }
  useListKeys(keys, { isTable: !layout })

  const editedRow = editing ? records.rowAt(editing.index) : undefined
  return (
    <div className={classes.screen}>
      <PageHeader title={entity.labelPlural}>
        {canCreate ? (
          <Button leftSection={<IconPlus size={14} />} onClick={create}>
            {t('add', { entity: entity.label.toLowerCase() })}
          </Button>
        ) : null}
      </PageHeader>
      <ViewTabs
        entity={entity}
        active={search.view}
        shown={{ search, columns: columns.state }}
        onOpen={(next) => show(next ? { ...definitionOf(next).search, view: next.id } : {})}
        onSaved={(id) => show({ ...search, view: id })}
      />
      <ListToolbar
        entity={entity}
        search={search.q ?? ''}
        onSearch={(q) => show({ ...search, q })}
        conditions={search.filters ?? []}
        onConditions={(filters) => show({ ...search, filters })}
        columns={columns}
        group={groups.field}
        onGroup={(group) => show({ ...search, group })}
        layouts={layouts}
        layout={layout}
        onLayout={(id) => show({ ...search, layout: id })}
        total={records.total}
        isSettled={records.isSettled}
        isPainted={isPainted}
      />
      {entity.isReference ? null : <CopyNote />}
      {search.q ? <SearchNote text={search.q} entity={entity.name} /> : null}
      <div className={classes.body}>
        <div className={classes.scroller} ref={scroller}>
          {records.error ? (
            <ErrorState error={records.error} />
          ) : layout ? (
            <layout.Component entity={entity} query={query} search={search} show={show} />
          ) : records.total === 0 && !records.isPending ? (
            <ListEmpty
              entity={entity}
              isFiltered={isFiltered}
              canCreate={canCreate}
              onClear={() => show(view ? { view: view.id } : {})}
              onCreate={create}
            />
          ) : (
            <NamedRecords value={records.named}>
              <RecordTable
                entity={entity}
                columns={columns}
                sort={sort}
                onSort={(field) => show({ ...search, sort: formatSort(nextSort(sort, field)) })}
                total={records.total}
                groups={groups}
                isPainted={isPainted}
                rowAt={records.rowAt}
                rowHeight={compact ? 32 : 36}
                currency={currency}
                selection={selection}
                focused={focused}
                onFocus={setFocused}
                onEdit={edit}
                onRange={onRange}
                scroller={scroller}
              />
            </NamedRecords>
          )}
        </div>
        {preview && row ? (
          <aside className={classes.panel} aria-label={t('preview')}>
            <RecordPreview entity={entity} row={row} onClose={() => setPreview(false)} />
          </aside>
        ) : null}
      </div>
      {editing && editedRow ? (
        <CellEditor entity={entity} row={editedRow} cell={editing} onDone={stopEditing} />
      ) : null}
      {selection.size > 0 ? (
        <BulkBar entity={entity} ids={selection.ids} onClear={selection.clear} />
      ) : null}
    </div>
  )
}
