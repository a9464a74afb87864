import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSignatures } from './signatures'
import { hasWords, searchWords } from './words'

const texts = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[a-c ]{0,12}$/)), {
  maxLength: 20,
})
const typed = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[a-c ]{0,6}$/),
  fc.stringMatching(/^\d{3,7}$/),
)

describe('signatures', () => {
  it('never rule out a text that holds all words', () => {
    fc.assert(
      fc.property(texts, typed, (rows, search) => {
        const signatures = createSignatures()
        for (const [slot, text] of rows.entries()) signatures.set(slot, `old ${text.length}`)
        for (const [slot, text] of rows.entries()) signatures.set(slot, text)
        const words = searchWords(search)
        const mayHold = signatures.mayHold(words)
        for (const [slot, text] of rows.entries())
          if (hasWords(text, words)) expect(mayHold(slot)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('rule out most texts that do not', () => {
    const signatures = createSignatures()
    const names = [
      'ada lovelace',
      'grace hopper',
      'alan turing',
      'edsger dijkstra',
      'barbara liskov',
    ]
    for (let slot = 0; slot < 5000; slot += 1)
      signatures.set(slot, ` ${names[slot % 5]} person${slot}@company${slot % 97}.example`)
    const mayHold = signatures.mayHold(searchWords('hopper'))
    const left = Array.from({ length: 5000 }, (_, slot) => slot).filter(mayHold)
    expect(left.length).toBeLessThan(1500)
  })
})
