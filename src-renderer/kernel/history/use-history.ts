/** A record's history from the server, and what this machine knows without it. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { fold, lastWord } from '../../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../../shared/crdt/record-doc'
import { parseStamp } from '../../../shared/kernel/clock'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useSession, useStore } from '../use-store'
import { readHistory } from './read-history'

/** Pages of changes, newest first; asked anew whenever the record changes. */
export const useHistory = (entity: AnyEntity, row: AnyRow) => {
  const store = useStore()
  const { currency } = useSession()
  return useInfiniteQuery({
    queryKey: ['history', entity.name, row.id, row.updatedAt],
    queryFn: ({ pageParam }) => readHistory(store, { entity, row, currency }, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    retry: false,
    networkMode: 'always',
  })
}

/** Who said the newest word on a field, and when. */
export type LastWord = { field: string; by: string | null; at: string }

/** The newest word on every field, from this machine's copy: also offline. */
export const useLastWords = (entity: AnyEntity, row: AnyRow): LastWord[] => {
  const store = useStore()
  const { data } = useQuery({
    queryKey: ['last-words', entity.name, row.id, row.updatedAt],
    networkMode: 'always',
    queryFn: async (): Promise<LastWord[]> => {
      const folded = fold(patchesOf(openRecord(await store.openText(entity.name, row.id))))
      return Object.keys(entity.fields)
        .flatMap((field) => {
          const said = lastWord(folded, field)
          if (!said) return []
          const at = new Date(parseStamp(said.t).ms).toISOString()
          return [{ field, by: said.by ?? null, at }]
        })
        .sort((a, b) => (a.at > b.at ? -1 : 1))
    },
  })
  return data ?? []
}
