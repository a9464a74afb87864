/** What a list shows: its address, the saved view it stands for, its columns. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { useSavedViews } from '../views/use-saved-views'
import { definitionOf } from '../views/view-definition'
import { type ListSearch, listSearchSchema, searchToQuery } from './list-state'
import { useColumns } from './use-columns'
import { useFirstPage } from './use-paged-records'

const withoutEmpty = (search: ListSearch): ListSearch =>
  Object.fromEntries(
    Object.entries(search).filter(
      ([, value]) =>
        value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** `onShow` is called before the list shows something else. */
export const useListState = (entity: AnyEntity, onShow: () => void) => {
  const navigate = useNavigate()
  const askFirst = useFirstPage()
  const search = withoutEmpty(listSearchSchema.parse(useSearch({ strict: false })))
  const views = useSavedViews(entity)
  const view = views.find(({ id }) => id === search.view)
  const saved = view ? definitionOf(view) : undefined
  const columns = useColumns(
    entity,
    view ? { id: view.id, ...(saved?.columns ? { columns: saved.columns } : {}) } : undefined,
  )
  const { names } = columns
  const naming = useMemo(
    () => names.filter((name) => fieldOf(entity, name)?.target !== undefined),
    [entity, names],
  )
  const show = useCallback(
    (next: ListSearch) => {
      onShow()
      // On its way while the address and the screen change.
      askFirst({ ...searchToQuery(entity, withoutEmpty(next)), naming })
      void navigate({
        to: '/$plural',
        params: { plural: entity.plural },
        search: withoutEmpty(next),
        replace: true,
      })
    },
    [navigate, entity, onShow, askFirst, naming],
  )
  return { search, query: searchToQuery(entity, search), naming, view, columns, show }
}
