/** How much of the workspace is on this laptop, and what the server adds where that is not all. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type CopyStatus, wholeCopy } from '../../local/sync/copy-status'
import { useStore, useSyncStatus } from '../use-store'

/** How much of the workspace this laptop holds. */
export const useCopy = (): CopyStatus => useSyncStatus()?.copy ?? wholeCopy

/** What the server added to a search: nothing is asked where everything is here. */
export type ServerSearch = 'whole' | 'searching' | 'done' | 'more' | 'unreachable'

/** Typing is over when nothing came for so long; each search costs the server something. */
const typedMs = 300

/** Has the server search as well, where this laptop does not hold everything. */
export const useServerSearch = (text: string, entity?: string): ServerSearch => {
  const store = useStore()
  const status = useSyncStatus()
  const { isWhole } = status?.copy ?? wholeCopy
  // Once the server is back, it is asked again.
  const isLive = status?.state === 'live'
  const wanted = text.trim()
  const [typed] = useDebouncedValue(wanted, typedMs)
  const isAsked = !isWhole && wanted !== ''
  const { data, isFetching } = useQuery({
    queryKey: ['server-search', entity ?? '', typed, isLive],
    queryFn: () =>
      store.lookUp({ by: 'search', text: typed, ...(entity === undefined ? {} : { entity }) }),
    enabled: isAsked && typed === wanted,
    // Colleagues add records; what was not there a minute ago may be there now.
    staleTime: 60_000,
  })
  if (!isAsked) return 'whole'
  if (isFetching || typed !== wanted || !data) return 'searching'
  if (data.outcome !== 'done') return data.outcome
  return data.more ? 'more' : 'done'
}

/** Fetches what belongs to an open record, where this laptop does not hold everything. */
export const useWholeRecord = (entity: string, id: string): void => {
  const store = useStore()
  const { isWhole } = useCopy()
  useEffect(() => {
    if (!isWhole) void store.lookUp({ by: 'record', entity, id })
  }, [store, isWhole, entity, id])
}
