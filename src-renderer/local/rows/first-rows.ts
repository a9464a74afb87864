/** The first rows of an entity's default order, from the indexes of that order. */
import { isIntact, type StoredRow } from '../stored'
import { blocksWith, looseAmong, type Places, packedCount } from './blocks'

const compareKeys = (a: StoredRow, b: StoredRow): number => {
  const [left, right] = [a.$key ?? '', b.$key ?? '']
  if (left !== right) return left < right ? -1 : 1
  return a.id < b.id ? -1 : 1
}

const inOrder = (rows: StoredRow[], descending: boolean): StoredRow[] =>
  rows.sort((a, b) => (descending ? compareKeys(b, a) : compareKeys(a, b)))

/** The first rows in blocks that no loose row covers; fewer than wanted are all there are. */
const firstPacked = async (
  places: Places,
  end: number,
  descending: boolean,
): Promise<StoredRow[]> => {
  const { blocks } = places
  for (let look = end; ; look *= 2) {
    const index = blocks.orderBy('keys')
    const numbers = new Set<number>()
    const seen = { entries: 0, last: undefined as StoredRow['$key'] }
    await (descending ? index.reverse() : index).limit(look).eachKey((key, { primaryKey }) => {
      numbers.add(primaryKey)
      Object.assign(seen, { entries: seen.entries + 1, last: key })
    })
    const { last, entries } = seen
    if (last === undefined) return []
    const isWithin = ({ $key: key }: StoredRow) =>
      key !== undefined && (descending ? key >= last : key <= last)
    const found = await blocks.bulkGet([...numbers])
    const rows = found.flatMap((block) => block?.rows.filter(isIntact).filter(isWithin) ?? [])
    const covered = await looseAmong(
      places,
      rows.map(({ id }) => id),
    )
    const shown = rows.filter(({ id }) => !covered.has(id))
    if (shown.length >= end || entries < look) return shown
  }
}

export const firstRows = async (
  places: Places,
  end: number,
  descending: boolean,
): Promise<{ rows: StoredRow[]; total: number } | undefined> => {
  const { loose, packing } = places
  const [lying, packed, deleted] = await Promise.all([
    loose.count(),
    packedCount(places),
    loose.where('deletedAt').above('').count(),
  ])
  // More loose rows make counting slower than reading the whole table.
  if (packed > 0 && lying > packing.fewLoose * 2) return undefined
  const covers =
    packed > 0 && lying > 0
      ? await blocksWith(places, await loose.toCollection().primaryKeys())
      : []
  const covered = [...covers].reduce((sum, [, ids]) => sum + ids.length, 0)
  const total = lying + packed - covered - deleted
  const index = loose.orderBy('$key')
  const first = await (descending ? index.reverse() : index)
    .filter((row) => isIntact(row) && row.deletedAt === null)
    .limit(end)
    .toArray()
  const both = [...first, ...(await firstPacked(places, end, descending))]
  // Rows without a sort key are in no index; they come last, so a full page needs none of them.
  if (both.length < Math.min(end, total)) return undefined
  return { rows: inOrder(both, descending).slice(0, end), total }
}
