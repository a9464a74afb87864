/**
 * The IndexedDB of one machine: survives the death of the window that wrote it, as a real one does.
 * What a transaction had not committed by then is taken back.
 */
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import type { Block } from '../../src-renderer/local/rows/blocks'
import type { IssueEntry, OutboxEntry, StoredRow, SyncMeta } from '../../src-renderer/local/stored'
import type { Variant } from './variant'

// fake-indexeddb says nothing of what it is made of; these are the parts that a crash concerns.
type RawTransaction = { _state: string; _rollbackLog: (() => void)[]; mode: string }
type RawStore = { records: { values: () => Iterable<{ value: unknown }> } }
type RawDatabase = {
  version: number
  transactions: RawTransaction[]
  connections: unknown[]
  rawObjectStores: Map<string, RawStore>
}
type RawFactory = { _databases: Map<string, RawDatabase> }

const rawOf = (factory: IDBFactory) => factory as unknown as RawFactory

export type Disk = {
  /** What a window that starts now opens. */
  factory: () => IDBFactory
  /** The window is gone. */
  crash: () => void
  /** Whether something is being written. */
  isWriting: () => boolean
  /** What the workspace's database holds, read without disturbing anybody. */
  meta: () => SyncMeta | undefined
  outbox: () => OutboxEntry[]
  issues: () => IssueEntry[]
  rows: (entity: string) => StoredRow[]
}

const rollBack = (database: RawDatabase): void => {
  for (const transaction of database.transactions)
    if (transaction._state !== 'finished')
      for (const undo of transaction._rollbackLog.reverse()) undo()
  database.transactions = []
  database.connections = []
}

export const createDisk = (): Disk => {
  const state = { factory: new IDBFactory() }
  const workspace = (): RawDatabase | undefined =>
    [...rawOf(state.factory)._databases].find(([name]) => name !== 'roadbook-profile')?.[1]
  // Written by the engine alone, whose types these are.
  const all = <T>(store: string): T[] => {
    const raw = workspace()?.rawObjectStores.get(store)
    return raw ? [...raw.records.values()].map(({ value }) => value as T) : []
  }
  return {
    factory: () => state.factory,
    crash: () => {
      const databases = rawOf(state.factory)._databases
      for (const [name, database] of databases) {
        rollBack(database)
        if (database.version === 0) databases.delete(name)
      }
      state.factory = new IDBFactory()
      Object.assign(state.factory, { _databases: databases })
    },
    isWriting: () =>
      workspace()?.transactions.some(
        ({ _state, mode }) => _state !== 'finished' && mode !== 'readonly',
      ) === true,
    meta: () => all<SyncMeta>('meta')[0],
    outbox: () => all<OutboxEntry>('outbox'),
    issues: () => all<IssueEntry>('issues'),
    rows: (entity) => {
      const packed = all<Block>(`blocks_${entity}`).flatMap(({ rows }) => rows)
      const loose = all<StoredRow>(`rows_${entity}`)
      // Loose rows rank before those in blocks.
      return [...new Map([...packed, ...loose].map((row) => [row.id, row])).values()]
    },
  }
}

/** Lets a variant have its say about what is stored, on every machine; the returned function ends that. */
export const interfere = (stored: Variant['stored']): (() => void) => {
  if (!stored) return () => {}
  const { add, put } = IDBObjectStore.prototype
  const passed = (real: typeof put): typeof put =>
    function (this: IDBObjectStore, value, key) {
      const stores = Array.from(this.transaction.objectStoreNames)
      return real.call(this, stored({ store: this.name, stores, value }), key)
    }
  Object.assign(IDBObjectStore.prototype, { add: passed(add), put: passed(put) })
  return () => Object.assign(IDBObjectStore.prototype, { add, put })
}
