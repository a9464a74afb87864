/**
 * Rows that came in bulk, fifty to an object: IndexedDB takes one large object several times faster
 * than as many small ones. What a block holds is found by the same keys as rows that lie loose.
 */
import { Dexie, type Table } from 'dexie'
import { addTo } from '../grouped'
import type { StoredRow } from '../stored'

export type Block = {
  n: number
  ids: string[]
  /** Sort keys of the default list. */
  keys: (string | number)[]
  /** What these rows point at, as `refKey` writes it. */
  refs: string[]
  size: number
  rows: StoredRow[]
}

type NewBlock = Omit<Block, 'n'> & { n?: number }

export type BlockTable = Table<Block, number, NewBlock>

export const blockIndexes = '++n, *ids, *keys, *refs, size'

export type Packing = {
  /** The most rows of a block. Reading one row costs reading its block, writing one costs a request. */
  size: number
  /** Fewer rows are not worth a block of their own. */
  fewest: number
  /** A block of which so many rows are replaced is made anew; from others, rows come to lie loose. */
  replaced: number
  /** Loose rows that are not worth going through. */
  fewLoose: number
}

export const usualPacking: Packing = { size: 50, fewest: 25, replaced: 20, fewLoose: 1000 }

/** Where the rows of one entity lie. */
export type Places = {
  loose: Table<StoredRow, string>
  blocks: BlockTable
  /** Fields whose references have an index. */
  refFields: readonly string[]
  packing: Packing
}

export const refKey = (field: string, id: string): string => `${field} ${id}`

const blockOf = (rows: StoredRow[], refFields: readonly string[]): NewBlock => {
  const refs = new Set<string>()
  for (const row of rows)
    for (const field of refFields) {
      const value = row[field]
      if (typeof value === 'string') refs.add(refKey(field, value))
    }
  return {
    ids: rows.map(({ id }) => id),
    keys: [...new Set(rows.flatMap(({ $key }) => $key ?? []))],
    refs: [...refs],
    size: rows.length,
    rows,
  }
}

/** Rows as blocks of about the same size. */
export const blocksOf = (
  rows: readonly StoredRow[],
  { refFields, packing }: Pick<Places, 'refFields' | 'packing'>,
): NewBlock[] => {
  const count = Math.ceil(rows.length / packing.size)
  const size = Math.ceil(rows.length / Math.max(1, count))
  return Array.from({ length: count }, (_, index) =>
    blockOf(rows.slice(index * size, (index + 1) * size), refFields),
  )
}

const inRange = (ids: readonly string[]): [first: string, last: string] => {
  const sorted = [...ids].sort()
  return [sorted[0] ?? '', sorted.at(-1) ?? '']
}

/** Which of these ids lie loose. What is new lies where nothing is, which one request tells. */
export const looseAmong = async (
  { loose }: Pick<Places, 'loose'>,
  ids: readonly string[],
): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const [first, last] = inRange(ids)
  const some = await loose
    .where(':id')
    .between(first, last, true, true)
    .limit(ids.length + 1)
    .primaryKeys()
  const wanted = new Set(ids)
  if (some.length <= ids.length) return new Set(some.filter((id) => wanted.has(id)))
  const rows = await loose.bulkGet([...ids])
  return new Set(ids.filter((_, index) => rows[index] !== undefined))
}

/**
 * The number of the block that holds each of these ids. Dexie looks keys of an index up with a cursor, one
 * after the other; asked for all at once they take a fifth of the time.
 */
const numbersOf = ({ name }: BlockTable, ids: readonly string[]): Promise<(number | undefined)[]> =>
  new Promise((resolve, reject) => {
    const index = Dexie.currentTransaction.idbtrans.objectStore(name).index('ids')
    const numbers: (number | undefined)[] = []
    for (const [at, id] of ids.entries()) {
      const request = index.getKey(id)
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        numbers[at] = typeof request.result === 'number' ? request.result : undefined
        if (at === ids.length - 1) resolve(numbers)
      }
    }
  })

/** The numbers of the blocks that hold some of these ids, with those ids; inside a transaction. */
export const blocksWith = async (
  { blocks }: Pick<Places, 'blocks'>,
  ids: readonly string[],
): Promise<Map<number, string[]>> => {
  const found = new Map<number, string[]>()
  if (ids.length === 0) return found
  const [first, last] = inRange(ids)
  const some = await blocks.where('ids').between(first, last, true, true).limit(1).primaryKeys()
  if (some.length === 0) return found
  for (const [index, n] of (await numbersOf(blocks, ids)).entries())
    if (n !== undefined) addTo(found, n, ids[index] ?? '')
  return found
}

/** How many rows are in blocks. Counting their ids would go through all of them. */
export const packedCount = async ({
  blocks,
  packing,
}: Pick<Places, 'blocks' | 'packing'>): Promise<number> => {
  const sizes = Array.from({ length: packing.size }, (_, index) => index + 1)
  const counts = await Promise.all(sizes.map((size) => blocks.where('size').equals(size).count()))
  return sizes.reduce((sum, size, index) => sum + size * (counts[index] ?? 0), 0)
}

/** Takes rows out of their blocks. */
export const unpack = async (places: Places, ids: readonly string[]): Promise<void> => {
  const { blocks, refFields } = places
  for (const [n, some] of await blocksWith(places, ids)) {
    const gone = new Set(some)
    const rest = (await blocks.get(n))?.rows.filter(({ id }) => !gone.has(id)) ?? []
    if (rest.length === 0) await blocks.delete(n)
    else await blocks.put({ ...blockOf(rest, refFields), n })
  }
}
