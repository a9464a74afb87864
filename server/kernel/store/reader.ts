/** `RecordReader` over SQLite. */
import { and, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { Refusal } from '../../../shared/kernel/refusal'
import type { Db } from '../../db/open'
import { record } from '../../db/schema'
import type { RecordPage, RecordQuery, RecordReader, StoredRecord } from '../ports'
import { behindSql, orderSql, totalOrder, whereSql } from './query-sql'
import { isUnreadableRow, type RecordTable } from './records'

const cursorSchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))

const encodeCursor = (query: RecordQuery, last: StoredRecord): string => {
  const values = totalOrder(query.sort).map(({ field }) => last.row[field] ?? null)
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

const decodeCursor = (query: RecordQuery, cursor: string): SQL => {
  try {
    const values = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return behindSql(query.entity, query.sort, values)
  } catch (error) {
    throw new Refusal('query.invalid', {
      detail: 'The cursor is not one that a list of this sort gave out.',
      errors: [{ path: 'cursor', message: 'is not readable' }],
      cause: error,
    })
  }
}

/** Reading for REST; `settle` is awaited before a search, so that it finds what was just written. */
export const createReader = (deps: {
  db: Db
  records: RecordTable
  settle: () => void
}): RecordReader => {
  const select = (where: SQL | undefined, query: RecordQuery) =>
    deps.db
      .select({
        entity: record.entity,
        id: record.id,
        seq: record.seq,
        state: record.state,
        row: record.row,
      })
      .from(record)
      .where(where)
      .orderBy(...orderSql(query.entity, query.sort))
      .limit(query.limit + 1)
      .offset(query.cursor === undefined ? (query.offset ?? 0) : 0)
      .all()

  const list = (workspaceId: string, query: RecordQuery): RecordPage => {
    if (query.search !== undefined) deps.settle()
    const where = whereSql(workspaceId, query)
    const [counted] = deps.db
      .select({ total: sql<number>`count(*)` })
      .from(record)
      .where(where)
      .all()
    const page = query.cursor === undefined ? where : and(where, decodeCursor(query, query.cursor))
    const raw = select(page, query)
    const records = raw.slice(0, query.limit).flatMap((one) => deps.records.toStored(one) ?? [])
    const last = records.at(-1)
    const more = raw.length > query.limit && last !== undefined
    return {
      records,
      total: counted?.total ?? 0,
      nextCursor: more ? encodeCursor(query, last) : null,
    }
  }

  return {
    get: async (workspaceId, entity, id) => deps.records.get(workspaceId, entity, id),
    getMany: async (workspaceId, entity, ids) => deps.records.getMany(workspaceId, entity, ids),
    walk: async (workspaceId, entity, { after, limit }) =>
      deps.records.walk(workspaceId, entity, { after, limit }),
    list: async (workspaceId, query) => {
      try {
        return list(workspaceId, query)
      } catch (error) {
        if (!isUnreadableRow(error)) throw error
        // One unreadable row must not take the list down.
        deps.records.repair()
        return list(workspaceId, query)
      }
    },
  }
}
