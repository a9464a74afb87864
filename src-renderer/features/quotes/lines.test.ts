import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeLine, chooseProduct, emptyLine, moveLine, removeLine } from './lines'

const named = (...names: string[]) => names.map((description) => ({ ...emptyLine, description }))
const names = (lines: readonly { description: string | null }[]) =>
  lines.map(({ description }) => description).join('')

describe('the lines of a quote', () => {
  it('change one by one', () => {
    expect(changeLine(named('a', 'b'), 1, { quantity: 3 }).map(({ quantity }) => quantity)).toEqual(
      [1, 3],
    )
    expect(names(removeLine(named('a', 'b', 'c'), 1))).toBe('ac')
  })

  it('move up and down, and not beyond the ends', () => {
    const lines = named('a', 'b', 'c')
    expect(names(moveLine(lines, 0, 1))).toBe('bac')
    expect(names(moveLine(lines, 2, -1))).toBe('acb')
    expect(names(moveLine(lines, 0, -1))).toBe('abc')
    expect(names(moveLine(lines, 2, 1))).toBe('abc')
  })

  it('lose nothing by moving, and moving back restores them', () => {
    const cases = fc.record({ count: fc.integer({ min: 2, max: 9 }), at: fc.nat(8) })
    fc.assert(
      fc.property(cases, ({ count, at }) => {
        fc.pre(at < count - 1)
        const lines = named(...Array.from({ length: count }, (_, index) => String(index)))
        const moved = moveLine(lines, at, 1)
        expect([...names(moved)].sort().join('')).toBe(names(lines))
        expect(moveLine(moved, at + 1, -1)).toEqual(lines)
      }),
    )
  })

  it('take text, price and tax from another product, and keep quantity and discount', () => {
    const line = { ...emptyLine, productId: 'p', description: 'Seat', unitPrice: 500, quantity: 7 }
    expect(chooseProduct([line], 0, 'q')).toEqual([{ ...emptyLine, productId: 'q', quantity: 7 }])
    expect(chooseProduct([line], 0, null)).toEqual([{ ...line, productId: null }])
  })
})
