/**
 * The Dexie database of one workspace and user: two tables for every entity of the register (see
 * `rows/rows.ts`), outbox, issues, what happened meanwhile, history, contents of files, meta. Few indexes on purpose: each one slows a first start, and lists are
 * filtered and sorted in memory anyway.
 */
import { Dexie, type Table } from 'dexie'
import { entities, entityNames } from '../../shared/features'
import type { AnyEntity } from '../../shared/kernel/entity'
import { newDeviceId } from '../../shared/kernel/ids'
import { blockIndexes, type Packing, usualPacking } from './rows/blocks'
import { createRows, type Rows } from './rows/rows'
import type {
  AwayEntry,
  DeliveredEdit,
  FileEntry,
  HistoryEntry,
  IssueEntry,
  LostEntry,
  OutboxEntry,
  RefusedContent,
  SyncMeta,
} from './stored'

/** Raised when older versions of the program could not read what is stored any more; 2: rows in blocks. */
const storeFormat = 2

export type Database = {
  dexie: Dexie
  /** Throws a `RangeError` for an entity that there is not. */
  rows: (entity: string) => Rows
  /** Those of every entity, and the tables they lie in. */
  allRows: Rows[]
  rowTables: Table[]
  outbox: Table<OutboxEntry, number>
  issues: Table<IssueEntry | RefusedContent, string>
  away: Table<AwayEntry, string>
  conflicts: Table<LostEntry, string>
  delivered: Table<DeliveredEdit, string>
  history: Table<HistoryEntry, number>
  files: Table<FileEntry, string>
  meta: Table<SyncMeta, string>
}

/** IndexedDB as Dexie takes it; tests pass another one. */
export type IndexedDbParts = {
  indexedDB?: IDBFactory
  IDBKeyRange?: typeof IDBKeyRange
  /** Other sizes of blocks than the product's, so that few rows make many. */
  packing?: Packing
}

/** References worth an index: their lists (an account's contacts) are opened before all is loaded. */
export const indexedRefs = (entity: AnyEntity): string[] =>
  Object.entries(entity.fields)
    .filter(([, field]) => field.kind === 'ref' && field.index && field.target !== 'user')
    .map(([name]) => name)

const stores = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.values<AnyEntity>(entities).flatMap((entity) => [
      [`rows_${entity.name}`, ['id', '$key', 'deletedAt', ...indexedRefs(entity)].join(', ')],
      [`blocks_${entity.name}`, blockIndexes],
    ]),
  ),
  outbox: 'n, [entity+id], acked',
  issues: 'id, [edit.entity+edit.id], edit.g',
  away: 'id, at',
  conflicts: 'id, [entity+recordId], at',
  delivered: 't, [entity+id], deliveredAt',
  history: '++seq, id, undone',
  files: 'sha256, at, *waitingFor',
  meta: 'key',
})

/** What of the declarations the stored rows depend on; another fingerprint means deriving them anew. */
export const registryFingerprint = (): string =>
  JSON.stringify(
    Object.values<AnyEntity>(entities).map((entity) => [
      entity.name,
      entity.list.sort,
      Object.entries(entity.fields).map(([name, field]) => [
        name,
        field.kind,
        field.was ?? '',
        field.default ?? '',
      ]),
    ]),
  )

const firstMeta = (): SyncMeta => ({
  key: 'sync',
  format: storeFormat,
  device: newDeviceId(),
  devices: [],
  gen: 1,
  epoch: null,
  cursor: 0,
  stamp: '',
  nextN: 1,
  isReoffering: false,
  sent: 0,
  registry: registryFingerprint(),
  entities: entityNames,
})

/** The stored data cannot be used; the message is fit for people. */
class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem'
}

const createDexie = (name: string, parts: IndexedDbParts): Dexie => {
  // Strict durability: an edit that was shown as saved survives the loss of power.
  const dexie = new Dexie(name, {
    ...parts,
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  })
  // Raised with every change of tables and indexes; Dexie brings what is stored from any earlier one.
  dexie.version(2).stores(stores())
  return dexie
}

const rowsOf = (dexie: Dexie, entity: AnyEntity, packing = usualPacking): Rows =>
  createRows({
    packing,
    dexie,
    entity,
    loose: dexie.table(`rows_${entity.name}`),
    blocks: dexie.table(`blocks_${entity.name}`),
    refFields: indexedRefs(entity),
  })

/** Opens the database of that name, made anew where there is none. */
export const openDatabase = async (name: string, parts: IndexedDbParts): Promise<Database> => {
  const dexie = createDexie(name, parts)
  try {
    await dexie.open()
  } catch (cause) {
    throw new DatabaseProblem(
      'The data on this machine could not be opened. Close other windows of Roadbook and try again.',
      { cause },
    )
  }
  const rows = new Map(
    Object.values<AnyEntity>(entities).map((entity) => [
      entity.name,
      rowsOf(dexie, entity, parts.packing),
    ]),
  )
  const database: Database = {
    dexie,
    rows: (entity) => {
      const found = rows.get(entity)
      if (!found) throw new RangeError(`There is no entity ${entity}`)
      return found
    },
    allRows: [...rows.values()],
    rowTables: [...rows.values()].flatMap(({ tables }) => tables),
    outbox: dexie.table('outbox'),
    issues: dexie.table('issues'),
    away: dexie.table('away'),
    conflicts: dexie.table('conflicts'),
    delivered: dexie.table('delivered'),
    history: dexie.table('history'),
    files: dexie.table('files'),
    meta: dexie.table('meta'),
  }
  await ensureMeta(database)
  return database
}

const ensureMeta = (database: Database): Promise<void> =>
  database.dexie.transaction('rw', database.meta, async () => {
    const meta = await database.meta.get('sync')
    if (!meta) {
      const first = firstMeta()
      await database.meta.add({ ...first, devices: [first.device] })
    } else if (meta.format > storeFormat) {
      database.dexie.close()
      throw new DatabaseProblem(
        'The data on this machine was written by a newer version of Roadbook. Update Roadbook to open it.',
      )
    } else if (meta.format < storeFormat) await database.meta.put({ ...meta, format: storeFormat })
  })

/** Where this device stands; inside a transaction that includes `meta`. */
export const readMeta = async (database: Database): Promise<SyncMeta> => {
  const meta = await database.meta.get('sync')
  if (!meta) throw new DatabaseProblem('The data on this machine is incomplete.')
  return meta
}
