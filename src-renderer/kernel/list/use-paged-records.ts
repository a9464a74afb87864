/** Rows of a long list, fetched by pages around what is on screen. */
import { useQueries } from '@tanstack/react-query'
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

type Answer = { entity: string; total: number; pages: Map<number, ListResult | undefined> }

const nothing: Answer = { entity: '', total: 0, pages: new Map() }

/** `first` and `last` are the indexes of the rows on screen. */
export const usePagedRecords = (
  query: ListQuery,
  range: { first: number; last: number },
): PagedRecords => {
  const store = useStore()
  // What is on screen stays until the first answer to another question: no row blinks while typing.
  const latest = useRef(nothing)
  const before = latest.current.entity === query.entity ? latest.current : nothing
  const pages = pagesAround(range.first, range.last, before.total)
  const results = useQueries({
    queries: pages.map((page) => {
      const paged = { ...query, offset: page * pageSize, limit: pageSize }
      return {
        queryKey: [...recordKeys.entity(query.entity), 'page', paged],
        queryFn: (): Promise<ListResult> => store.list(paged),
      }
    }),
  })
  const answered = results.find(({ data }) => data)?.data
  const shown: Answer = answered
    ? {
        entity: query.entity,
        total: answered.total,
        pages: new Map(pages.map((page, at) => [page, results[at]?.data])),
      }
    : before
  latest.current = shown
  return {
    total: shown.total,
    rowAt: (index) => shown.pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    isPending: shown === nothing && results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
  }
}
