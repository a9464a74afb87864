/**
 * The rows of one entity, wherever they lie: loose, one to an object, or in blocks of fifty. A loose
 * row ranks before one in a block; no two blocks hold the same row.
 */
import type { Dexie, Table } from 'dexie'
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { StoredRow } from '../stored'
import { type Block, blocksWith, looseAmong, type Places, refKey, unpack } from './blocks'
import { firstRows } from './first-rows'
import { pack, packLoose } from './pack'

/** Where somebody who goes through everything has come to. */
export type Place = { block: number; id: string }

export type Walked = { rows: StoredRow[]; place: Place }

export const beginning: Place = { block: 0, id: '' }

export type Rows = {
  entity: AnyEntity
  /** What a transaction has to include. */
  tables: Table[]
  get: (id: string) => Promise<StoredRow | undefined>
  bulkGet: (ids: readonly string[]) => Promise<(StoredRow | undefined)[]>
  /** `absent`: ids that are known to be nowhere here. */
  bulkPut: (rows: readonly StoredRow[], absent?: ReadonlySet<string>) => Promise<void>
  bulkDelete: (ids: readonly string[]) => Promise<void>
  toArray: () => Promise<StoredRow[]>
  filter: (test: (row: StoredRow) => boolean) => Promise<StoredRow[]>
  /** Which of these are here. */
  heldAmong: (ids: readonly string[]) => Promise<Set<string>>
  /** About so many rows behind a place, and where that ends; `undefined` where there is nothing more. */
  after: (place: Place, limit: number) => Promise<Walked | undefined>
  /** The same, quicker: a row that a newer one covers comes as well, before that. */
  afterAll: (place: Place, limit: number) => Promise<Walked | undefined>
  /** Rows that point at a record by a field with an index. */
  pointing: (field: string, target: string) => Promise<StoredRow[]>
  /**
   * The first rows of the default order and how many there are, of those that are not deleted;
   * `undefined` where the index cannot tell.
   */
  first: (
    end: number,
    descending: boolean,
  ) => Promise<{ rows: StoredRow[]; total: number } | undefined>
  /** Packs what has come to lie loose, in transactions of its own. */
  tidy: () => Promise<void>
}

type Parts = Places & { dexie: Dexie; entity: AnyEntity }

/** Reading by name. */
const reading = (parts: Parts) => {
  const { dexie, loose, blocks } = parts
  const tables = [loose, blocks]

  const packedMany = async (ids: readonly string[]): Promise<Map<string, StoredRow>> => {
    const numbers = await blocksWith(parts, ids)
    const found = await blocks.bulkGet([...numbers.keys()])
    const rows = found.flatMap((block) => block?.rows ?? [])
    return new Map(rows.map((row) => [row.id, row]))
  }

  const packedOne = async (id: string): Promise<StoredRow | undefined> => {
    const block = await blocks.where('ids').equals(id).first()
    return block?.rows.find((row) => row.id === id)
  }

  const get = (id: string) =>
    dexie.transaction('r', tables, async () => (await loose.get(id)) ?? (await packedOne(id)))

  return {
    get,
    bulkGet: (ids: readonly string[]) =>
      dexie.transaction('r', tables, async () => {
        const rows = await loose.bulkGet([...ids])
        const missing = ids.filter((_, index) => rows[index] === undefined)
        if (missing.length === 0) return rows
        const packed = await packedMany(missing)
        return rows.map((row, index) => row ?? packed.get(ids[index] ?? ''))
      }),
    heldAmong: (ids: readonly string[]) =>
      dexie.transaction('r', tables, async () => {
        if (ids.length === 0) return new Set<string>()
        const packed = [...(await blocksWith(parts, ids)).values()].flat()
        return new Set([...(await looseAmong(parts, ids)), ...packed])
      }),
  }
}

/** Blocks read in one request. */
const someBlocks = 10

/** Going through everything. */
const walking = (parts: Parts) => {
  const { dexie, loose, blocks } = parts
  const tables = [loose, blocks]

  /** Rows of blocks, without those that newer ones cover. */
  const uncovered = async (some: readonly Block[]): Promise<StoredRow[]> => {
    const rows = some.flatMap((block) => block.rows)
    const covered = await looseAmong(
      parts,
      rows.map(({ id }) => id),
    )
    return covered.size === 0 ? rows : rows.filter(({ id }) => !covered.has(id))
  }

  const walk = (
    { place, limit }: { place: Place; limit: number },
    rowsOf: (some: readonly Block[]) => Promise<StoredRow[]>,
  ): Promise<Walked | undefined> =>
    dexie.transaction('r', tables, async () => {
      // What was packed meanwhile lies behind every block there was.
      const some = await blocks.where(':id').above(place.block).limit(someBlocks).toArray()
      const last = some.at(-1)
      if (last) return { rows: await rowsOf(some), place: { ...place, block: last.n } }
      const rows = await loose.where(':id').above(place.id).limit(limit).toArray()
      const end = rows.at(-1)
      return end && { rows, place: { ...place, id: end.id } }
    })

  const after = (place: Place, limit: number) => walk({ place, limit }, uncovered)

  const filter = async (test: (row: StoredRow) => boolean): Promise<StoredRow[]> => {
    const found: StoredRow[] = []
    for (let next = await after(beginning, 500); next; next = await after(next.place, 500))
      found.push(...next.rows.filter(test))
    return found
  }

  return {
    after,
    afterAll: (place: Place, limit: number) =>
      walk({ place, limit }, async (some) => some.flatMap(({ rows }) => rows)),
    filter,
    toArray: () => filter(() => true),
    pointing: (field: string, target: string) =>
      dexie.transaction('r', tables, async () => {
        const found = await blocks.where('refs').equals(refKey(field, target)).toArray()
        const packed = found.flatMap(({ rows }) => rows.filter((row) => row[field] === target))
        const covered = await looseAmong(
          parts,
          packed.map(({ id }) => id),
        )
        const lying = await loose.where(field).equals(target).toArray()
        return [...packed.filter(({ id }) => !covered.has(id)), ...lying]
      }),
  }
}

export const createRows = (parts: Parts): Rows => {
  const { dexie, entity, loose, blocks, packing } = parts
  const tables = [loose, blocks]
  return {
    entity,
    tables,
    ...reading(parts),
    ...walking(parts),
    bulkPut: (rows, absent) =>
      dexie.transaction('rw', tables, async () => {
        if (rows.length < packing.fewest) await loose.bulkPut(rows)
        else await pack(parts, rows, absent && { absent })
      }),
    bulkDelete: (ids) =>
      dexie.transaction('rw', tables, async () => {
        await loose.bulkDelete([...ids])
        await unpack(parts, ids)
      }),
    first: (end, descending) =>
      dexie.transaction('r', tables, () => firstRows(parts, end, descending)),
    tidy: () => packLoose(dexie, parts),
  }
}
