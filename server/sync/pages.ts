/** Catch-up: the latest state of every record behind a cursor, in seq order. */

import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { and, count, eq, gt } from 'drizzle-orm'
import { rangeHash, recordHash } from '../../shared/protocol/audit'
import { encodeFrame } from '../../shared/protocol/frame'
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { Db } from '../db/open'
import { record, workspace } from '../db/schema'
import { createRowReader, type RawRecord } from './rows'
import type { View } from './view'

const deflateRaw = promisify(zlib.deflateRaw)

/** Raw deflate (RFC 1951), off this thread. */
const deflateFast = (bytes: Uint8Array): Promise<Uint8Array> => deflateRaw(bytes, { level: 1 })

/** What the server holds in a range of seqs. */
type Audited = Extract<ServerMessage, { type: 'audited' }>

/** For whom something is read. */
export type Onlooker = { workspaceId: string; view: View }

export type Page = { records: Uint8Array; upTo: number; done: boolean }

/** Bytes of state that one page or live frame holds at most, unless a single record has more. */
export const pageBytes = 1024 * 1024

/** A part of the journal of seqs: what lies after one and, at most, so many records. */
type Range = { after: number; limit: number }

/** Reads pages for catch-up. */
export const createPages = (db: Db, deflate = deflateFast) => {
  const rows = createRowReader(db)
  const behind = db.$client.prepare<[workspaceId: string, after: number, limit: number], RawRecord>(
    'select entity, id, seq, state from record where workspace_id = ? and seq > ? order by seq limit ?',
  )
  /** Where a workspace stands. */
  const head = (workspaceId: string): { epoch: string; seq: number } => {
    const found = db
      .select({ epoch: workspace.epoch, seq: workspace.lastSeq })
      .from(workspace)
      .where(eq(workspace.id, workspaceId))
      .get()
    if (!found) throw new Error(`there is no workspace ${workspaceId}`)
    return found
  }
  return {
    head,
    /** How many records lie behind a cursor. */
    behind: (workspaceId: string, after: number): number =>
      db
        .select({ behind: count() })
        .from(record)
        .where(and(eq(record.workspaceId, workspaceId), gt(record.seq, after)))
        .get()?.behind ?? 0,
    /** The records after `after` and up to `upTo`, as a hash and, if wanted, themselves. */
    audit: async (
      { workspaceId, view }: Onlooker,
      range: Range & { upTo: number; whole: boolean },
    ): Promise<Audited> => {
      const { after, upTo, limit, whole } = range
      const shown = rows.shownTo(view, workspaceId)
      const tuples: RecordTuple[] = []
      const hashes: number[] = []
      let bytes = 0
      let scanned = 0
      let last = after
      let isCut = false
      for (const row of behind.iterate(workspaceId, after, limit + 1)) {
        if (row.seq > upTo) break
        bytes += row.state.byteLength
        isCut = scanned === limit || (whole && tuples.length > 0 && bytes > pageBytes)
        if (isCut) break
        scanned += 1
        last = row.seq
        const state = shown(row)
        if (!state) continue
        hashes.push(recordHash({ ...row, state }))
        if (whole) tuples.push([row.entity, row.id, row.seq, state])
      }
      return {
        type: 'audited',
        seq: head(workspaceId).seq,
        after,
        upTo: isCut ? last : Math.max(upTo, after),
        count: hashes.length,
        hash: rangeHash(hashes),
        ...(whole ? { records: new Uint8Array(await deflate(encodeFrame(tuples))) } : {}),
      }
    },
    /** The next page. `upTo` is the head's seq on the last one: later records come live or on the next pull. */
    next: async (
      { workspaceId, view }: Onlooker,
      { after, limit, head }: Range & { head: number },
    ): Promise<Page> => {
      const tuples: RecordTuple[] = []
      const shown = rows.shownTo(view, workspaceId)
      let bytes = 0
      let scanned = 0
      let last = after
      let isFull = false
      // Row by row: a page of the largest records would not fit into memory.
      for (const row of behind.iterate(workspaceId, after, limit)) {
        bytes += row.state.byteLength
        isFull = tuples.length > 0 && bytes > pageBytes
        if (isFull) break
        scanned += 1
        last = row.seq
        const state = shown(row)
        if (state || rows.wasShownTo(view, workspaceId, { row, after }))
          tuples.push([row.entity, row.id, row.seq, state ?? null])
      }
      const done = !isFull && scanned < limit
      const records = new Uint8Array(await deflate(encodeFrame(tuples)))
      return { records, upTo: done ? Math.max(head, after) : last, done }
    },
  }
}
