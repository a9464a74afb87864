/** What a list shows: its address, the saved view it stands for, its columns. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { useSavedViews } from '../views/use-saved-views'
import { definitionOf } from '../views/view-definition'
import { type ListSearch, listSearchSchema, searchToQuery } from './list-state'
import { useColumns } from './use-columns'

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
  const search = withoutEmpty(listSearchSchema.parse(useSearch({ strict: false })))
  const views = useSavedViews(entity)
  const view = views.find(({ id }) => id === search.view)
  const saved = view ? definitionOf(view) : undefined
  const columns = useColumns(
    entity,
    view ? { id: view.id, ...(saved?.columns ? { columns: saved.columns } : {}) } : undefined,
  )
  const show = useCallback(
    (next: ListSearch) => {
      onShow()
      void navigate({
        to: '/$plural',
        params: { plural: entity.plural },
        search: withoutEmpty(next),
        replace: true,
      })
    },
    [navigate, entity.plural, onShow],
  )
  return { search, query: searchToQuery(entity, search), view, columns, show }
}
