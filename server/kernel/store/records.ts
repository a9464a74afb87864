/** Single records in the `record` table: read, rebuilt where corrupt, and written by the gate. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { fold } from '../../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../../shared/crdt/row'
import { entityNamed } from '../../../shared/features/index'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { createBulkInsert } from '../../db/bulk-insert'
import type { Db } from '../../db/open'
import { record } from '../../db/schema'
import type { StoredRecord } from '../ports'
import { dropIndexes, syncIndexes } from './indexes'
import { decodeRow, encodeRow } from './row-codec'

export type RecordTable = ReturnType<typeof createRecordTable>

type RawRecord = { entity: string; id: string; seq: number; state: Buffer; row: string }

const columns = {
  entity: record.entity,
  id: record.id,
  seq: record.seq,
  state: record.state,
  row: record.row,
}

type Name = [workspaceId: string, entity: string, id: string]

type Values = [...Name, seq: number, state: Buffer, row: string, deleted: number]

/** Every edit comes through these, so they go to SQLite by the shortest way. */
const prepare = ({ $client }: Db) => ({
  get: $client.prepare<Name, RawRecord>(
    'select entity, id, seq, state, row from record where workspace_id = ? and entity = ? and id = ?',
  ),
  walk: $client.prepare<[...Name, limit: number], RawRecord>(
    `select entity, id, seq, state, row from record
     where workspace_id = ? and entity = ? and id > ? and deleted = 0 order by id limit ?`,
  ),
  put: createBulkInsert<Values>($client, {
    table: 'record',
    columns: ['workspace_id', 'entity', 'id', 'seq', 'state', 'row', 'deleted'],
    tail: `on conflict (workspace_id, entity, id) do update set
      seq = excluded.seq, state = excluded.state, row = excluded.row, deleted = excluded.deleted`,
  }),
})

const valuesOf = (workspaceId: string, { entity, id, seq, state, row }: StoredRecord): Values => {
  // A view of the state's bytes, not a copy.
  const bytes = Buffer.from(state.buffer, state.byteOffset, state.byteLength)
  const deleted = row.deletedAt === null ? 0 : 1
  return [workspaceId, entity, id, seq, bytes, encodeRow(row), deleted]
}

/** What SQLite says when an index or a list meets a row that is no JSON. */
export const isUnreadableRow = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('malformed JSON')

const rebuilt = (entity: AnyEntity, raw: RawRecord) => {
  const doc = openRecord(raw.state)
  return foldedRow(entity, raw.id, fold(patchesOf(doc)), readTexts(entity, doc))
}

/** Access to single records. `onCorrupt` hears of every record whose stored row cannot be read. */
export const createRecordTable = (deps: { db: Db; log: Logger; onCorrupt: () => void }) => {
  const statements = prepare(deps.db)

  /** The record, its row rebuilt from the state if it is unreadable; `undefined` if both are. */
  const toStored = (raw: RawRecord): StoredRecord | undefined => {
    const entity = entityNamed(raw.entity)
    if (!entity) return undefined
    const rest = { entity: raw.entity, id: raw.id, seq: raw.seq, state: new Uint8Array(raw.state) }
    try {
      return { ...rest, row: decodeRow(entity, raw.id, raw.row) }
    } catch (error) {
      deps.onCorrupt()
      deps.log.error({ err: error, entity: raw.entity, id: raw.id }, 'row is corrupt')
    }
    try {
      return { ...rest, row: rebuilt(entity, raw) }
    } catch (error) {
      deps.log.error(
        { err: error, entity: raw.entity, id: raw.id },
        'state is corrupt, record skipped',
      )
      return undefined
    }
  }

  /**
   * Rebuilds every row that is no JSON from its state. Indexes compute from the rows, so they go
   * first and are made again. A record whose state is unreadable too is taken out of lists.
   */
  const repair = (): void => {
    dropIndexes(deps.db)
    const broken = deps.db.select().from(record).where(sql`not json_valid(${record.row})`).all()
    for (const raw of broken) {
      const stored = toStored(raw)
      const row = stored ? encodeRow(stored.row) : '{}'
      const change = stored ? { row } : { row, deleted: true }
      deps.db.update(record).set(change).where(eq(record.key, raw.key)).run()
    }
    deps.log.error({ count: broken.length }, 'rebuilt corrupt rows')
    syncIndexes(deps.db)
  }

  return {
    toStored,
    repair,
    get: (workspaceId: string, entity: string, id: string): StoredRecord | undefined => {
      const raw = statements.get.get(workspaceId, entity, id)
      return raw && toStored(raw)
    },
    walk: (
      workspaceId: string,
      entity: string,
      { after, limit }: { after: string; limit: number },
    ): StoredRecord[] =>
      statements.walk.all(workspaceId, entity, after, limit).flatMap((raw) => toStored(raw) ?? []),
    getMany: (workspaceId: string, entity: string, ids: readonly string[]): StoredRecord[] =>
      deps.db
        .select(columns)
        .from(record)
        .where(
          and(
            eq(record.workspaceId, workspaceId),
            eq(record.entity, entity),
            inArray(record.id, [...ids]),
          ),
        )
        .all()
        .flatMap((raw) => toStored(raw) ?? []),
    /** Adds records, or puts them in the place of those with the same name. */
    putAll: (workspaceId: string, all: readonly StoredRecord[]): void => {
      const values = all.map((stored) => valuesOf(workspaceId, stored))
      try {
        statements.put(values)
      } catch (error) {
        // The indexes read the rows that are being replaced.
        if (!isUnreadableRow(error)) throw error
        repair()
        statements.put(values)
      }
    },
  }
}
