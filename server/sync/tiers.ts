/**
 * A copy in parts: what every copy holds, then everything else from the newest to the oldest, as far
 * down as the client wants to hold it.
 */
import { entities } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { Db } from '../db/open'
import { type Deflate, gather, type Onlooker, packed } from './page'
import { createRowReader, type RawRecord } from './rows'

type Of<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

const referenceNames = Object.values<AnyEntity>(entities)
  .filter(({ isReference }) => isReference)
  .map(({ name }) => `'${name}'`)
  .join(', ')

/** The owner as the index `record_by_owner` has it. */
const ownerSql = "json_extract(row, '$.ownerId')"

/**
 * `isAlwaysKept` in SQL, with the user's id as its one parameter. A row that is not readable belongs
 * to nobody until it has been rebuilt.
 */
const alwaysKeptSql = `(entity in (${referenceNames})
  or (deleted = 0 and iif(json_valid(row), ${ownerSql}, null) is ?))`

/** Seqs that one page looks at: where one user owns nearly everything, there is little else to find. */
const seqsPassed = 20_000

type SeqQuery = [workspaceId: string, userId: string, after: number, upTo: number, limit: number]

/** The first so many of two ascending lists. */
const merged = (a: readonly number[], b: readonly number[], limit: number): number[] =>
  [...new Set([...a, ...b])].sort((one, other) => one - other).slice(0, limit)

/** Reads copies in parts. */
export const createTiers = (db: Db, deflate: Deflate) => {
  const rows = createRowReader(db)
  const ownSeqs = db.$client
    .prepare<SeqQuery, number>(
      `select seq from record
       where workspace_id = ? and deleted = 0 and ${ownerSql} = ? and seq > ? and seq <= ?
       order by seq limit ?`,
    )
    .pluck()
  const referenceSeqs = db.$client
    .prepare<[string, number, number, number], number>(
      // Left to itself, SQLite goes through the whole workspace by seq.
      `select seq from record indexed by record_by_id
       where workspace_id = ? and entity in (${referenceNames}) and seq > ? and seq <= ?
       order by seq limit ?`,
    )
    .pluck()
  const bySeq = db.$client.prepare<[string, number], RawRecord>(
    'select entity, id, seq, state from record where workspace_id = ? and seq = ?',
  )
  const othersBetween = db.$client.prepare<[string, number, number, string, number], RawRecord>(
    `select entity, id, seq, state from record indexed by record_by_seq
     where workspace_id = ? and seq > ? and seq <= ? and not ${alwaysKeptSql} order by seq desc limit ?`,
  )

  const shownTo = ({ workspaceId, view }: Onlooker) => {
    const shown = rows.shownTo(view, workspaceId)
    return (row: RawRecord): RecordTuple | undefined => {
      const state = shown(row)
      return state && [row.entity, row.id, row.seq, state]
    }
  }

  /** What every copy of a user's holds of a range of seqs, in their order. */
  const keptRows = function* (
    { workspaceId, userId }: { workspaceId: string; userId: string },
    { after, upTo, limit }: { after: number; upTo: number; limit: number },
  ): Iterable<RawRecord> {
    const seqs = merged(
      ownSeqs.all(workspaceId, userId, after, upTo, limit),
      referenceSeqs.all(workspaceId, after, upTo, limit),
      limit,
    )
    for (const seq of seqs) {
      const row = bySeq.get(workspaceId, seq)
      if (row) yield row
    }
  }

  const headOf = db.$client
    .prepare<[string], number>('select last_seq from workspace where id = ?')
    .pluck()
  const headSeq = (workspaceId: string): number => headOf.get(workspaceId) ?? 0

  return {
    keptRows,
    /** The next page of what every copy of this user's holds. */
    kept: async (
      onlooker: Onlooker,
      { after, upTo, limit }: { after: number; upTo: number; limit: number },
    ): Promise<Of<'kept'>> => {
      const { workspaceId, view } = onlooker
      const seq = headSeq(workspaceId)
      const raw = keptRows({ workspaceId, userId: view.userId }, { after, upTo, limit })
      const { tuples, last, isFull, scanned } = gather(raw, shownTo(onlooker))
      const done = !isFull && scanned < limit
      return {
        type: 'kept',
        records: await packed(deflate, tuples),
        after,
        upTo: done ? Math.max(upTo, after) : (last ?? after),
        done,
        seq,
      }
    },
    /** The next page of everything else, newest first. */
    older: async (
      onlooker: Onlooker,
      { after, before, limit }: { after: number; before: number; limit: number },
    ): Promise<Of<'older'>> => {
      const { workspaceId, view } = onlooker
      const seq = headSeq(workspaceId)
      const from = Math.max(Math.min(after, before), before - seqsPassed)
      const raw = othersBetween.iterate(workspaceId, from, before, view.userId, limit)
      const { tuples, last, isFull, scanned } = gather(raw, shownTo(onlooker))
      const isLast = !isFull && scanned < limit
      return {
        type: 'older',
        records: await packed(deflate, tuples),
        before,
        downTo: isLast || last === undefined ? from : last - 1,
        seq,
      }
    },
  }
}
