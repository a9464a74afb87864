import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LineFigures, lineTotal, quoteTotals } from './totals'

const line = (values: Partial<LineFigures>): LineFigures => ({
  quantity: 1,
  unitPrice: 0,
  discountPercent: null,
  taxPercent: null,
  ...values,
})

const percent = fc.integer({ min: 0, max: 10_000 }).map((basis) => basis / 100)
const anyLine: fc.Arbitrary<LineFigures> = fc.record({
  quantity: fc.integer({ min: 0, max: 1_000_000 }).map((thousandth) => thousandth / 1000),
  unitPrice: fc.integer({ min: -1_000_000, max: 100_000_000 }),
  discountPercent: fc.option(percent),
  taxPercent: fc.option(fc.constantFrom(0, 7, 7.7, 19, 20)),
})

describe('the sums of a quote', () => {
  it('are those of the textbook', () => {
    const lines = [
      line({ quantity: 3, unitPrice: 19_99, taxPercent: 19 }),
      line({ quantity: 1.5, unitPrice: 100_00, discountPercent: 10, taxPercent: 7 }),
    ]
    expect(quoteTotals(lines, null)).toEqual({
      subtotal: 59_97 + 135_00,
      discountTotal: 0,
      taxTotal: 11_39 + 9_45,
      total: 59_97 + 135_00 + 11_39 + 9_45,
      taxes: [
        { percent: 7, net: 135_00, tax: 9_45 },
        { percent: 19, net: 59_97, tax: 11_39 },
      ],
    })
  })

  it('round half away from zero, once a line', () => {
    expect(lineTotal(line({ quantity: 0.5, unitPrice: 1 }))).toBe(1)
    expect(lineTotal(line({ quantity: 0.5, unitPrice: -1 }))).toBe(-1)
    expect(lineTotal(line({ quantity: 1.005, unitPrice: 1_00 }))).toBe(1_01)
  })

  it('stay exact where floating point does not', () => {
    const cents = line({ quantity: 0.1, unitPrice: 3_00, taxPercent: null })
    expect(quoteTotals([cents, cents, cents], null).total).toBe(90)
  })

  it('add up, whatever the lines', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), fc.option(percent), (lines, discount) => {
        const totals = quoteTotals(lines, discount)
        expect(totals.subtotal).toBe(lines.reduce((sum, one) => sum + lineTotal(one), 0))
        expect(totals.total).toBe(totals.subtotal - totals.discountTotal + totals.taxTotal)
        expect(totals.taxTotal).toBe(totals.taxes.reduce((sum, { tax }) => sum + tax, 0))
        for (const value of [totals.subtotal, totals.total, totals.taxTotal])
          expect(Number.isSafeInteger(value)).toBe(true)
      }),
    )
  })

  it('do not depend on the order of the lines', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
        expect(quoteTotals([...lines].reverse(), 5)).toEqual(quoteTotals(lines, 5))
      }),
    )
  })

  it('are nothing at a discount of 100 percent', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
        expect(quoteTotals(lines, 100)).toMatchObject({ total: 0, taxTotal: 0 })
      }),
    )
  })
})
