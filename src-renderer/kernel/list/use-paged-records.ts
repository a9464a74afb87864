/** Rows of a long list, fetched by pages around what is on screen. */
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useRef } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ListQuery, ListResult } from '../../local/api'
import { recordKeys, useStore } from '../use-store'

export const pageSize = 50

/** Pages from a little before to a little after the given rows. */
export const pagesAround = (first: number, last: number, total: number): number[] => {
  const from = Math.max(0, Math.floor((first - pageSize / 4) / pageSize))
  const to = Math.floor(Math.min(Math.max(total - 1, 0), last + pageSize / 4) / pageSize)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index)
}

export type PagedRecords = {
  total: number
  rowAt: (index: number) => AnyRow | undefined
  /** Nothing has been answered yet. */
  isPending: boolean
  error: Error | null
}

/** `first` and `last` are the indexes of the rows on screen. */
export const usePagedRecords = (
  query: ListQuery,
  range: { first: number; last: number },
): PagedRecords => {
  const store = useStore()
  const known = useRef<{ total: number; key: string }>({ total: 0, key: '' })
  const pages = pagesAround(range.first, range.last, known.current.total)
  const results = useQueries({
    queries: pages.map((page) => {
      const paged = { ...query, offset: page * pageSize, limit: pageSize }
      return {
        queryKey: [...recordKeys.entity(query.entity), 'page', paged],
        queryFn: (): Promise<ListResult> => store.list(paged),
        placeholderData: keepPreviousData,
      }
    }),
  })
  const answered = results.find(({ data }) => data)?.data
  if (answered) known.current = { total: answered.total, key: query.entity }
  return {
    total: known.current.total,
    rowAt: (index) => {
      const at = pages.indexOf(Math.floor(index / pageSize))
      return results[at]?.data?.rows[index % pageSize]
    },
    isPending: answered === undefined && results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
  }
}
