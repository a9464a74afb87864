/** What the pages of records that clients pull have in common. */
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { encodeFrame } from '../../shared/protocol/frame'
import type { RecordTuple } from '../../shared/protocol/sync'
import type { RawRecord } from './rows'
import type { View } from './view'

/** For whom something is read. */
export type Onlooker = { workspaceId: string; view: View }

/** Bytes of state that one page or live frame holds at most, unless a single record has more. */
export const pageBytes = 1024 * 1024

export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>

const deflateRaw = promisify(zlib.deflateRaw)

/** Raw deflate (RFC 1951), off this thread. */
export const deflateFast: Deflate = (bytes) => deflateRaw(bytes, { level: 1 })

/** Record tuples as they stand in a page. */
export const packed = async (
  deflate: Deflate,
  tuples: readonly RecordTuple[],
): Promise<Uint8Array> => new Uint8Array(await deflate(encodeFrame(tuples)))

export type Gathered = {
  tuples: RecordTuple[]
  /** How many records were looked at, and the seq of the last of them. */
  scanned: number
  last: number | undefined
  /** The page has no room for more. */
  isFull: boolean
}

/**
 * Takes records until a page is full, row by row: a page of the largest records would not fit into
 * memory. `tupleOf` gives one as it is shown, or `undefined` where it is not.
 */
export const gather = (
  raw: Iterable<RawRecord>,
  tupleOf: (row: RawRecord) => RecordTuple | undefined,
): Gathered => {
  const page: Gathered = { tuples: [], scanned: 0, last: undefined, isFull: false }
  let bytes = 0
  for (const row of raw) {
    bytes += row.state.byteLength
    page.isFull = page.tuples.length > 0 && bytes > pageBytes
    if (page.isFull) break
    page.scanned += 1
    page.last = row.seq
    const tuple = tupleOf(row)
    if (tuple) page.tuples.push(tuple)
  }
  return page
}
