/** Columns and orders made in short pieces, with room for other work between them. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { SortKey } from '../sort-key'
import { type Column, mergeOrders, type SortInput, sortSlots, type TieBreak } from './order'

/** Rows keyed or sorted in one piece: a few milliseconds. */
const pieceSize = 4000

/** What is made in pieces; `undefined` where it became stale meanwhile. */
type InPieces<T> = Generator<void, T | undefined>

type Rows = readonly (AnyRow | undefined)[]

function* stretches(length: number): Generator<[from: number, to: number]> {
  for (let from = 0; from < length; from += pieceSize)
    yield [from, Math.min(from + pieceSize, length)]
}

/** The sort keys of all rows. */
export function* columnInPieces(
  rows: Rows,
  toKey: (row: AnyRow) => SortKey,
  isStale: () => boolean,
): InPieces<Column> {
  const keys: Column = []
  for (const [from, to] of stretches(rows.length)) {
    for (const row of rows.slice(from, to)) keys.push(row ? toKey(row) : null)
    yield
    if (isStale()) return undefined
  }
  return keys
}

/** Every slot with a row in ascending order; `compare` says the same of two slots as `input` does. */
export function* orderInPieces({
  rows,
  input,
  compare,
  isStale,
}: {
  rows: Rows
  input: SortInput
  compare: TieBreak
  isStale: () => boolean
}): InPieces<Uint32Array> {
  let runs: Uint32Array[] = []
  for (const [from, to] of stretches(rows.length)) {
    const slots = Uint32Array.from({ length: to - from }, (_, at) => from + at)
    const present = slots.filter((slot) => rows[slot] !== undefined)
    runs.push(sortSlots(present, input))
    yield
    if (isStale()) return undefined
  }
  while (runs.length > 1) {
    const merged: Uint32Array[] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [one = new Uint32Array(), other] = runs.slice(at, at + 2)
      merged.push(other ? mergeOrders(one, other, compare) : one)
      yield
      if (isStale()) return undefined
    }
    runs = merged
  }
  return runs[0] ?? new Uint32Array()
}
