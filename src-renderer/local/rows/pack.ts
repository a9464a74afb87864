/** Stores many rows at once, in blocks as far as that pays. */
import type { Dexie } from 'dexie'
import type { StoredRow } from '../stored'
import { blocksOf, blocksWith, looseAmong, type Places } from './blocks'

/** Takes apart what is mostly replaced; answers its other rows, and what stays in its block. */
const dissolve = async (
  places: Places,
  ids: readonly string[],
  many: number,
): Promise<{ others: StoredRow[]; staying: Set<string> }> => {
  const { blocks } = places
  const held = await blocksWith(places, ids)
  const emptied = [...held].filter(([, some]) => some.length >= many).map(([n]) => n)
  const staying = new Set([...held].flatMap(([n, some]) => (emptied.includes(n) ? [] : some)))
  if (emptied.length === 0) return { others: [], staying }
  const replaced = new Set(ids)
  const rows = (await blocks.bulkGet(emptied)).flatMap((block) => block?.rows ?? [])
  const others = rows.filter(({ id }) => !replaced.has(id))
  const covered = await looseAmong(
    places,
    others.map(({ id }) => id),
  )
  await blocks.bulkDelete(emptied)
  return { others: others.filter(({ id }) => !covered.has(id)), staying }
}

export type PackOptions = {
  /** Ids that are known to be nowhere here. */
  absent?: ReadonlySet<string>
  /** A block of which so many rows are replaced is made anew. */
  replaced?: number
}

/**
 * Puts rows where they belong: those of a block of which few are replaced lie loose and rank before
 * it, and so do deleted ones, whose number lists ask for. Inside a transaction over both tables.
 */
export const pack = async (
  places: Places,
  rows: readonly StoredRow[],
  { absent, replaced = places.packing.replaced }: PackOptions = {},
): Promise<void> => {
  const { loose, blocks, packing } = places
  const byId = new Map(rows.map((row) => [row.id, row]))
  const isKnown = (id: string) => absent?.has(id) !== true
  const { others, staying } = await dissolve(places, [...byId.keys()].filter(isKnown), replaced)
  const isLoose = ({ id, deletedAt }: StoredRow) => staying.has(id) || deletedAt !== null
  const packed = [...others, ...byId.values()]
    .filter((row) => !isLoose(row))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  if (packed.length < packing.fewest)
    return void (await loose.bulkPut([...others, ...byId.values()]))
  const lying = [...byId.values()].filter(isLoose)
  if (lying.length > 0) await loose.bulkPut(lying)
  const moved = await looseAmong(places, packed.map(({ id }) => id).filter(isKnown))
  if (moved.size > 0) await loose.bulkDelete([...moved])
  await blocks.bulkAdd(blocksOf(packed, places))
}

/** Loose rows packed in one transaction, so that edits need not wait for the whole. */
const atOnce = 500

/** Packs what has come to lie loose: many loose rows make a start slow. */
export const packLoose = async (dexie: Dexie, places: Places): Promise<void> => {
  const { loose, blocks, packing } = places
  if ((await loose.count()) <= packing.fewLoose) return
  let last: string | undefined = ''
  while (last !== undefined) {
    const from: string = last
    last = await dexie.transaction('rw', [loose, blocks], async () => {
      const rows = await loose.where(':id').above(from).limit(atOnce).toArray()
      await pack(
        places,
        rows.filter(({ deletedAt }) => deletedAt === null),
        { replaced: 1 },
      )
      return rows.at(-1)?.id
    })
  }
}
