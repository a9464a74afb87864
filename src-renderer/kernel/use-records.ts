/** Reading and writing records from components: live, local, instant. */
import { notifications } from '@mantine/notifications'
import {
  keepPreviousData,
  type QueryClient,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { createElement, useCallback } from 'react'
import { entityNamed } from '../../shared/features/index'
import { type AnyRow, titleOf } from '../../shared/kernel/entity'
import type { RefusalInfo } from '../../shared/kernel/refusal'
import type {
  AggregateGroup,
  AggregateQuery,
  AwayReport,
  Change,
  CommitResult,
  ListQuery,
  ListResult,
  PendingRecord,
  RecordSync,
  SyncIssue,
} from '../local/api'
import { UndoToast } from './UndoToast'
import { recordKeys, useStore } from './use-store'

const nothing: ListResult = { rows: [], total: 0 }

/** A list of records; the last answer stays on screen while the next one is computed. */
export const useRecords = (query: ListQuery, options: { enabled?: boolean } = {}) => {
  const store = useStore()
  const result = useQuery({
    queryKey: [...recordKeys.entity(query.entity), 'list', query],
    queryFn: () => store.list(query),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })
  return { ...(result.data ?? nothing), isLoading: result.isPending, error: result.error }
}

/** Several lists at once, in the order asked. */
export const useRecordLists = (
  queries: readonly ListQuery[],
): (ListResult & { isLoading: boolean })[] => {
  const store = useStore()
  return useQueries({
    queries: queries.map((query) => ({
      queryKey: [...recordKeys.entity(query.entity), 'list', query],
      queryFn: () => store.list(query),
    })),
  }).map(({ data, isPending }) => ({ ...(data ?? nothing), isLoading: isPending }))
}

const noGroups: AggregateGroup[] = []

/** Counts and sums by groups; the last answer stays while the next one is computed. */
export const useAggregate = (query: AggregateQuery, options: { enabled?: boolean } = {}) => {
  const store = useStore()
  const result = useQuery({
    queryKey: [...recordKeys.entity(query.entity), 'aggregate', query],
    queryFn: () => store.aggregate(query),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })
  return { groups: result.data ?? noGroups, isLoading: result.isPending, error: result.error }
}

/** The record as a list holds it that is up to date. */
const listedRecord = (client: QueryClient, entity: string, id: string): AnyRow | undefined => {
  const queryKey = [...recordKeys.entity(entity), 'page']
  for (const { state } of client.getQueryCache().findAll({ queryKey, stale: false })) {
    const { data } = state as { data?: ListResult }
    const row = data?.rows.find((one) => one.id === id)
    if (row) return row
  }
  return undefined
}

/**
 * One record; `null` where there is none, `undefined` while it is read. What a list shows is there
 * at once.
 */
export const useRecord = (entity: string, id: string): AnyRow | null | undefined => {
  const store = useStore()
  const client = useQueryClient()
  return useQuery({
    queryKey: [...recordKeys.entity(entity), 'one', id],
    queryFn: () => store.get(entity, id),
    placeholderData: () => listedRecord(client, entity, id),
  }).data
}

/** Records by id, for the names of references. */
export const useRecordsById = (entity: string, ids: readonly string[]): Map<string, AnyRow> => {
  const store = useStore()
  const wanted = [...new Set(ids)].sort()
  const { data } = useQuery({
    queryKey: [...recordKeys.entity(entity), 'many', wanted],
    queryFn: () => store.getMany(entity, wanted),
    placeholderData: keepPreviousData,
    enabled: wanted.length > 0,
  })
  return new Map((data ?? []).map((row) => [row.id, row]))
}

/** Which fields of a record are not with the server yet. */
export const useRecordSync = (entity: string, id: string): RecordSync => {
  const store = useStore()
  const { data } = useQuery({
    queryKey: ['record-sync', entity, id],
    queryFn: () => store.recordSync(entity, id),
    placeholderData: keepPreviousData,
  })
  return data ?? { pendingFields: [], refusedFields: [], lostFields: [] }
}

/** Edits that the server refused. */
export const useSyncIssues = (): SyncIssue[] => {
  const store = useStore()
  const { data } = useQuery({ queryKey: ['issues'], queryFn: () => store.issues() })
  return data ?? []
}

/** What happened while this device was away; `undefined` while it is read. */
export const useAway = (): AwayReport | undefined => {
  const store = useStore()
  return useQuery({ queryKey: ['away'], queryFn: () => store.away() }).data
}

/** Records with edits that are on this machine alone. */
export const usePending = (): PendingRecord[] => {
  const store = useStore()
  const { data } = useQuery({ queryKey: ['pending'], queryFn: () => store.pending() })
  return data ?? []
}

/** The name of a record for people. */
export const recordName = (entity: string, row: AnyRow | undefined | null): string => {
  const declared = entityNamed(entity)
  return row && declared ? titleOf(declared, row) : ''
}

export type CommitInput = {
  label: string
  /** Shows a toast with *Undo*. */
  toast?: boolean
  undoable?: boolean
  /** Whoever asks says itself why a change was not taken. */
  isExplained?: boolean
}

/** Tells the user why a change was not taken. */
export const showRefusal = (result: Extract<CommitResult, { ok: false }>): void => {
  notifications.show({ color: 'red', title: result.refusal.detail, message: '', autoClose: 8000 })
}

/** Writes changes; what is refused is explained, what can be undone offers it. */
export const useCommit = () => {
  const store = useStore()
  return useCallback(
    async (changes: Change[], input: CommitInput): Promise<CommitResult> => {
      const { label, undoable = true } = input
      const result = await store.commit(changes, { label, undoable })
      if (!result.ok) {
        if (!input.isExplained) showRefusal(result)
      } else if (input.toast && result.undoId !== null) showUndo(store, label, result.undoId)
      return result
    },
    [store],
  )
}

/** Why a value could not be saved, for whoever stands in front of its field. */
export const reasonFor = (
  { name, label }: { name: string; label: string },
  { errors, detail }: RefusalInfo,
): string => {
  const own = errors.find(({ path }) => path === name)
  return own ? `${label} ${own.message}` : detail
}

/** A toast that says what was done and takes it back. */
export const showUndo = (
  store: ReturnType<typeof useStore>,
  label: string,
  undoId: string,
): void => {
  notifications.show({
    id: undoId,
    autoClose: 8000,
    withBorder: true,
    message: createElement(UndoToast, {
      label,
      onUndo: () => {
        notifications.hide(undoId)
        void store.undo(undoId)
      },
    }),
  })
}
