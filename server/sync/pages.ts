/** Catch-up: the latest state of every record behind a cursor, in seq order. */

import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { and, count, eq, gt } from 'drizzle-orm'
import { rangeHash, recordHash } from '../../shared/protocol/audit'
import { encodeFrame } from '../../shared/protocol/frame'
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { Db } from '../db/open'
import { record, workspace } from '../db/schema'

const deflateRaw = promisify(zlib.deflateRaw)

/** Raw deflate (RFC 1951), off this thread. */
const deflateFast = (bytes: Uint8Array): Promise<Uint8Array> => deflateRaw(bytes, { level: 1 })

/** What the server holds in a range of seqs. */
type Audited = Extract<ServerMessage, { type: 'audited' }>

export type Page = { records: Uint8Array; upTo: number; done: boolean }

/** Bytes of state that one page or live frame holds at most, unless a single record has more. */
export const pageBytes = 1024 * 1024

type Row = { entity: string; id: string; seq: number; state: Buffer }

/** Reads pages for catch-up. */
export const createPages = (db: Db, deflate = deflateFast) => {
  const behind = db.$client.prepare<[workspaceId: string, after: number, limit: number], Row>(
    'select entity, id, seq, state from record where workspace_id = ? and seq > ? order by seq limit ?',
  )
  return {
    /** Where a workspace stands. */
    head: (workspaceId: string): { epoch: string; seq: number } => {
      const found = db
        .select({ epoch: workspace.epoch, seq: workspace.lastSeq })
        .from(workspace)
        .where(eq(workspace.id, workspaceId))
        .get()
      if (!found) throw new Error(`there is no workspace ${workspaceId}`)
      return found
    },
    /** How many records lie behind a cursor. */
    behind: (workspaceId: string, after: number): number =>
      db
        .select({ behind: count() })
        .from(record)
        .where(and(eq(record.workspaceId, workspaceId), gt(record.seq, after)))
        .get()?.behind ?? 0,
    /** The records after `after` and up to `upTo`, as a hash and, if wanted, themselves. */
    audit: async (
      workspaceId: string,
      range: { after: number; upTo: number; limit: number; whole: boolean },
    ): Promise<Audited> => {
      const { after, upTo, limit, whole } = range
      const tuples: RecordTuple[] = []
      const hashes: number[] = []
      let bytes = 0
      let last = after
      let isCut = false
      for (const row of behind.iterate(workspaceId, after, limit + 1)) {
        if (row.seq > upTo) break
        bytes += row.state.byteLength
        isCut = hashes.length === limit || (whole && hashes.length > 0 && bytes > pageBytes)
        if (isCut) break
        hashes.push(recordHash(row))
        if (whole) tuples.push([row.entity, row.id, row.seq, new Uint8Array(row.state)])
        last = row.seq
      }
      return {
        type: 'audited',
        after,
        upTo: isCut ? last : Math.max(upTo, after),
        count: hashes.length,
        hash: rangeHash(hashes),
        ...(whole ? { records: new Uint8Array(await deflate(encodeFrame(tuples))) } : {}),
      }
    },
    /** The next page. `upTo` is the head's seq on the last one: later records come live or on the next pull. */
    next: async (
      workspaceId: string,
      after: number,
      limit: number,
      headSeq: number,
    ): Promise<Page> => {
      const tuples: RecordTuple[] = []
      let bytes = 0
      let isFull = false
      // Row by row: a page of the largest records would not fit into memory.
      for (const { entity, id, seq, state } of behind.iterate(workspaceId, after, limit)) {
        bytes += state.byteLength
        isFull = tuples.length > 0 && bytes > pageBytes
        if (isFull) break
        tuples.push([entity, id, seq, new Uint8Array(state)])
      }
      const done = !isFull && tuples.length < limit
      const records = new Uint8Array(await deflate(encodeFrame(tuples)))
      return {
        records,
        upTo: done ? Math.max(headSeq, after) : (tuples.at(-1)?.[2] ?? after),
        done,
      }
    },
  }
}
