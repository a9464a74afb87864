/** Changing the lines of a quote: each function answers the whole list, as it is stored. */
import type { QuoteLine } from '../../../shared/features/quotes/quote'

export const emptyLine: QuoteLine = {
  productId: null,
  description: null,
  quantity: 1,
  unitPrice: null,
  discountPercent: null,
  taxPercent: null,
}

export const changeLine = (
  lines: readonly QuoteLine[],
  at: number,
  change: Partial<QuoteLine>,
): QuoteLine[] => lines.map((line, index) => (index === at ? { ...line, ...change } : line))

/**
 * Another product on a line: what came from the one before is filled anew, quantity and discount
 * stay.
 */
export const chooseProduct = (
  lines: readonly QuoteLine[],
  at: number,
  productId: string | null,
): QuoteLine[] =>
  changeLine(lines, at, {
    productId,
    ...(productId === null ? {} : { description: null, unitPrice: null, taxPercent: null }),
  })

export const removeLine = (lines: readonly QuoteLine[], at: number): QuoteLine[] =>
  lines.filter((_, index) => index !== at)

/** Moves a line up (-1) or down (1); at the end of the list nothing happens. */
export const moveLine = (lines: readonly QuoteLine[], at: number, by: -1 | 1): QuoteLine[] => {
  const to = at + by
  const moved = lines[at]
  if (!moved || to < 0 || to >= lines.length) return [...lines]
  const others = removeLine(lines, at)
  return [...others.slice(0, to), moved, ...others.slice(to)]
}
