/** Rows of a long list, fetched by pages around what is on screen. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ListQuery, ListResult, LocalStore } from '../../local/api'
import { type Named, noneNamed } from '../fields/named-records'
import { namedEntities, recordKeys, useStore } from '../use-store'

export const pageSize = 50

/** Pages from a little before to a little after the given rows. */
export const pagesAround = (first: number, last: number, total: number): number[] => {
  const from = Math.max(0, Math.floor((first - pageSize / 4) / pageSize))
  const to = Math.floor(Math.min(Math.max(total - 1, 0), last + pageSize / 4) / pageSize)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index)
}

const pageQuery = (store: LocalStore, query: ListQuery, page: number) => {
  const paged = { ...query, offset: page * pageSize, limit: pageSize }
  return {
    queryKey: [...recordKeys.entity(query.entity), 'page', paged],
    queryFn: (): Promise<ListResult> => store.list(paged),
    meta: { naming: namedEntities(query) },
  }
}

/** A function that asks for the first rows of what is about to be shown. */
export const useFirstPage = (): ((query: ListQuery) => void) => {
  const store = useStore()
  const client = useQueryClient()
  return useCallback(
    (query) => void client.prefetchQuery(pageQuery(store, query, 0)),
    [client, store],
  )
}

export type PagedRecords = {
  total: number
  /** The records asked for by the query's `naming`; the same as long as they are the same answers. */
  named: Named
  rowAt: (index: number) => AnyRow | undefined
  /** Nothing has been answered yet. */
  isPending: boolean
  /** What is shown answers what was asked for last. */
  isSettled: boolean
  error: Error | null
}

type Answer = {
  entity: string
  total: number
  pages: ReadonlyMap<number, ListResult | undefined>
}

const nothing: Answer = { entity: '', total: 0, pages: new Map() }

/** What the answers name, put together anew only when one of them is another. */
const useNamed = (answers: readonly (ListResult | undefined)[]): Named => {
  const kept = useRef(answers)
  const isSame =
    kept.current.length === answers.length &&
    answers.every((answer, at) => answer === kept.current[at])
  if (!isSame) kept.current = answers
  const { current } = kept
  return useMemo(() => {
    const records = current.flatMap((answer) => answer?.named ?? [])
    return records.length === 0 ? noneNamed : new Map(records.map((record) => [record.id, record]))
  }, [current])
}

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
    queries: pages.map((page) => pageQuery(store, query, page)),
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
  const named = useNamed([...shown.pages.values()])
  return {
    named,
    total: shown.total,
    rowAt: (index) => shown.pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    isSettled: answered !== undefined,
    isPending: shown === nothing && results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
  }
}
