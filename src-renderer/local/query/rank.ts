/** Ranks hits of the search over all entities: name starts so, a word of it does, any word, anywhere. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { SearchHit } from '../api'
import { normalise } from '../normalise'
import { type MemoryTable, slotStates } from './table'
import { hasWords, searchWords, type Word } from './words'

type Ranked = { rank: number; entity: string; row: AnyRow }

const startWord = (text: string, words: readonly Word[]): boolean =>
  words.every((word) => word.some((spelling) => text.includes(` ${spelling}`)))

const rankOf = (table: MemoryTable, slot: number, typed: { start: string; words: Word[] }) => {
  const title = table.titles[slot] ?? ''
  if (title.startsWith(typed.start)) return 0
  if (startWord(title, typed.words)) return 1
  return startWord(table.haystacks[slot] ?? '', typed.words) ? 2 : 3
}

const comesBefore = (a: Ranked, b: Ranked): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : (a.row.updatedAt ?? '') > (b.row.updatedAt ?? '')

/** Keeps the best `limit` in order; most candidates fall out at the first comparison. */
const insert = (best: Ranked[], hit: Ranked, limit: number) => {
  const last = best.at(-1)
  if (best.length >= limit && last && !comesBefore(hit, last)) return
  let index = best.length
  while (index > 0 && comesBefore(hit, best[index - 1] ?? hit)) index -= 1
  best.splice(index, 0, hit)
  if (best.length > limit) best.pop()
}

/** The best hits over several tables. */
export const rankHits = (
  tables: readonly MemoryTable[],
  text: string,
  limit: number,
): SearchHit[] => {
  const words = searchWords(text)
  if (words.length === 0) return []
  const typed = { start: ` ${normalise(text).trim()}`, words }
  const best: Ranked[] = []
  for (const table of tables) {
    const states = table.states()
    const mayHold = table.mayHold(words)
    for (let slot = 0; slot < table.haystacks.length; slot += 1) {
      if (states[slot] !== slotStates.live || !mayHold(slot)) continue
      if (!hasWords(table.haystacks[slot] ?? '', words)) continue
      const row = table.at(slot)
      if (!row) continue
      insert(best, { rank: rankOf(table, slot, typed), entity: table.entity.name, row }, limit)
    }
  }
  return best.map(({ entity, row }) => ({ entity, row }))
}
