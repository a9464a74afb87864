/**
 * Which pairs of characters occur in the texts of a table, 256 bits for each text. Most texts that do
 * not hold a word are told by that, without reading them: they lie all over the memory, these in one piece.
 */
import type { Word } from './words'

const wordsEach = 8
const pairs = wordsEach * 32

/** A cheap hash: neighbours in the alphabet fall far apart. */
const bucketOf = (first: number, second: number): number => (first * 37 + second * 101) % pairs

export type Signatures = {
  set: (slot: number, text: string) => void
  /** Makes a test that is false only for slots whose text lacks one of the words. */
  mayHold: (words: readonly Word[]) => (slot: number) => boolean
}

/** The bits that a text needs: which number of a signature, and what of it. */
const neededBy = (text: string): [offset: number, mask: number][] => {
  const masks = new Map<number, number>()
  for (let at = 1; at < text.length; at += 1) {
    const bucket = bucketOf(text.charCodeAt(at - 1), text.charCodeAt(at))
    masks.set(bucket >> 5, (masks.get(bucket >> 5) ?? 0) | (1 << (bucket & 31)))
  }
  return [...masks]
}

export const createSignatures = (): Signatures => {
  const held = { bits: new Int32Array(1024 * wordsEach) }

  const reserve = (slot: number) => {
    const needed = (slot + 1) * wordsEach
    if (needed <= held.bits.length) return
    const grown = new Int32Array(Math.max(needed, held.bits.length * 2))
    grown.set(held.bits)
    held.bits = grown
  }

  return {
    set: (slot, text) => {
      reserve(slot)
      const { bits } = held
      const start = slot * wordsEach
      bits.fill(0, start, start + wordsEach)
      let before = text.charCodeAt(0)
      for (let at = 1; at < text.length; at += 1) {
        const here = text.charCodeAt(at)
        const bucket = bucketOf(before, here)
        bits[start + (bucket >> 5)] = (bits[start + (bucket >> 5)] ?? 0) | (1 << (bucket & 31))
        before = here
      }
    },
    mayHold: (words) => {
      // Of a word with several spellings any may be there, so that it tells nothing.
      const needed = words.flatMap(([word, ...others]) => (others.length > 0 ? [] : neededBy(word)))
      const offsets = Uint8Array.from(needed, ([offset]) => offset)
      const masks = Int32Array.from(needed, ([, mask]) => mask)
      const { bits } = held
      return (slot) => {
        for (let at = 0; at < masks.length; at += 1) {
          const mask = masks[at] ?? 0
          if (((bits[slot * wordsEach + (offsets[at] ?? 0)] ?? 0) & mask) !== mask) return false
        }
        return true
      }
    },
  }
}
