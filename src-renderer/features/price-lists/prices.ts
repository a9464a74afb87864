/** The order of prices in a list, and what a further one begins with. */
import type { Price } from '../../../shared/features/products/product'

/** By product and then by quantity; those of one product stand together. */
export const ordered = (prices: readonly Price[], nameOf: (productId: string) => string): Price[] =>
  [...prices].sort(
    (a, b) =>
      nameOf(a.productId ?? '').localeCompare(nameOf(b.productId ?? '')) ||
      (a.productId ?? '').localeCompare(b.productId ?? '') ||
      (a.minQuantity ?? 1) - (b.minQuantity ?? 1),
  )

/** One for the first price of a product, ten times the greatest quantity for each further one. */
export const nextQuantity = (prices: readonly Price[], productId: string): number => {
  const quantities = prices
    .filter((price) => price.productId === productId)
    .map(({ minQuantity }) => minQuantity ?? 1)
  return quantities.length === 0 ? 1 : Math.max(1, ...quantities) * 10
}
