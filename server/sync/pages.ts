/** Catch-up: the latest state of every record behind a cursor, in seq order. */
import { and, count, eq, gt } from 'drizzle-orm'
import { begun } from '../../shared/kernel/begun'
import { rangeHash, recordHash } from '../../shared/protocol/audit'
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { Db } from '../db/open'
import { record, workspace } from '../db/schema'
import { deflateFast, gather, type Onlooker, packed, pageBytes } from './page'
import { createRowReader, type RawRecord } from './rows'
import { createTiers } from './tiers'

/** What the server holds in a range of seqs. */
type Audited = Extract<ServerMessage, { type: 'audited' }>

export type Page = { records: Uint8Array; upTo: number; done: boolean }

/** A page that has been read, and is being compressed. */
export type Reading = Pick<Page, 'upTo' | 'done'> & { page: () => Promise<Page> }

/** A part of the journal of seqs: what lies after one and, at most, so many records. */
type Range = { after: number; limit: number }

/** Reads pages for catch-up. */
export const createPages = (db: Db, deflate = deflateFast) => {
  const rows = createRowReader(db)
  const behind = db.$client.prepare<[workspaceId: string, after: number, limit: number], RawRecord>(
    'select entity, id, seq, state from record where workspace_id = ? and seq > ? order by seq limit ?',
  )
  const { keptRows, ...tiers } = createTiers(db, deflate)

  /** What a copy with that floor holds after a seq, in order, of at most so many. */
  const heldRows = function* (
    { workspaceId, view }: Onlooker,
    { after, floor, limit }: Range & { floor: number },
  ): Iterable<RawRecord> {
    let left = limit
    if (after < floor) {
      const range = { after, upTo: floor, limit: left }
      for (const row of keptRows({ workspaceId, userId: view.userId }, range)) {
        left -= 1
        yield row
      }
    }
    if (left > 0) yield* behind.iterate(workspaceId, Math.max(after, floor), left)
  }
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
    ...tiers,
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
      range: Range & { upTo: number; whole: boolean; floor?: number | undefined },
    ): Promise<Audited> => {
      const { after, upTo, limit, whole, floor = 0 } = range
      const shown = rows.shownTo(view, workspaceId)
      const tuples: RecordTuple[] = []
      const hashes: number[] = []
      let bytes = 0
      let scanned = 0
      let last = after
      let isCut = false
      for (const row of heldRows({ workspaceId, view }, { after, floor, limit: limit + 1 })) {
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
        ...(whole ? { records: await packed(deflate, tuples) } : {}),
      }
    },
    /** The next page. `upTo` is the head's seq on the last one: later records come live or on the next pull. */
    next: (
      { workspaceId, view }: Onlooker,
      { after, limit, head }: Range & { head: number },
    ): Reading => {
      const shown = rows.shownTo(view, workspaceId)
      const raw = behind.iterate(workspaceId, after, limit)
      const { tuples, scanned, last, isFull } = gather(raw, (row): RecordTuple | undefined => {
        const state = shown(row)
        return state || rows.wasShownTo(view, workspaceId, { row, after })
          ? [row.entity, row.id, row.seq, state ?? null]
          : undefined
      })
      const done = !isFull && scanned < limit
      const upTo = done ? Math.max(head, after) : (last ?? after)
      const records = begun(packed(deflate, tuples))
      return { upTo, done, page: async () => ({ records: await records(), upTo, done }) }
    },
  }
}
