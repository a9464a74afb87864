/** The local store for components, and its events for the query cache. */
import { type Query, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { entityNamed } from '../../shared/features/index'
import { fieldOf } from '../../shared/kernel/entity'
import type { ListQuery, LocalStore, Session, StoreEvent, SyncStatus } from '../local/api'

const StoreContext = createContext<LocalStore | null>(null)
const StatusContext = createContext<SyncStatus | null>(null)

/** The local store. Throws outside `StoreProvider`. */
export const useStore = (): LocalStore => {
  const store = useContext(StoreContext)
  if (!store) throw new Error('useStore outside StoreProvider')
  return store
}

/** Query keys of an entity's records: everything below is stale once one of them changes. */
export const recordKeys = {
  all: ['records'] as const,
  entity: (entity: string) => ['records', entity] as const,
}

const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // The store is local: it answers at once, says itself what changed and needs no network.
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: false,
        gcTime: 60_000,
      },
      mutations: { networkMode: 'always' },
    },
  })

/** The entities whose records a list shows by name: it is stale once one of those changes. */
export const namedEntities = ({ entity: name, naming = [] }: ListQuery): string[] => {
  const entity = entityNamed(name)
  return entity ? naming.flatMap((field) => fieldOf(entity, field)?.target ?? []) : []
}

const showsNamesOf = ({ meta }: Query, entity: string): boolean =>
  Array.isArray(meta?.naming) && meta.naming.includes(entity)

const invalidateBy = (client: QueryClient, event: StoreEvent): void => {
  if (event.type === 'changed') {
    void client.invalidateQueries({ queryKey: recordKeys.entity(event.entity) })
    void client.invalidateQueries({ predicate: (query) => showsNamesOf(query, event.entity) })
    void client.invalidateQueries({ queryKey: ['search'] })
    void client.invalidateQueries({ queryKey: ['record-sync'] })
  } else if (event.type === 'issues') void client.invalidateQueries({ queryKey: ['issues'] })
  else if (event.type === 'away') void client.invalidateQueries({ queryKey: ['away'] })
  else if (event.type === 'session') client.clear()
  else if (event.type === 'status') {
    void client.invalidateQueries({ queryKey: ['record-sync'] })
    void client.invalidateQueries({ queryKey: ['pending'] })
  }
}

/** Provides the store, where it stands, and a query cache that follows its events. */
export const StoreProvider = ({ store, children }: { store: LocalStore; children: ReactNode }) => {
  const client = useMemo(createQueryClient, [])
  const [status, setStatus] = useState<SyncStatus | null>(null)
  useStoreEvents(store, (event) => {
    invalidateBy(client, event)
    if (event.type === 'status') setStatus(event.status)
  })
  useEffect(() => {
    void store.status().then((current) => setStatus((known) => known ?? current))
  }, [store])
  return (
    <StoreContext value={store}>
      <StatusContext value={status}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </StatusContext>
    </StoreContext>
  )
}

const useStoreEvents = (store: LocalStore, listener: (event: StoreEvent) => void): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the listener is renewed at each render, the subscription must not be
  useEffect(() => {
    const subscribed = store.subscribe(listener)
    return () => void subscribed.then((unsubscribe) => unsubscribe())
  }, [store])
}

/** Where the truth is; `null` until the store has answered for the first time. */
export const useSyncStatus = (): SyncStatus | null => useContext(StatusContext)

/** Who is signed in; `undefined` while that is being read. */
export const useSessionState = (): Session | null | undefined => {
  const store = useStore()
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  useStoreEvents(store, (event) => {
    if (event.type === 'session') setSession(event.session)
  })
  useEffect(() => {
    void store.session().then(setSession)
  }, [store])
  return session
}

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = ({
  session,
  children,
}: {
  session: Session
  children: ReactNode
}) => <SessionContext value={session}>{children}</SessionContext>

/** Who is signed in. Throws on screens that are shown without a session. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside SessionProvider')
  return session
}
