import { expect, it } from 'vitest'
import { type Price, price } from '../../../shared/features/products/product'
import { newRow } from '../../../shared/kernel/rules'
import { nextQuantity, ordered } from './prices'

const of = (productId: string, minQuantity: number): Price =>
  // Rows of an entity have its shape.
  newRow(price, `${productId}-${minQuantity}`, { productId, minQuantity }) as Price

it('puts the prices of a product together, the smallest quantity first', () => {
  const names: { [id: string]: string } = { a: 'Wheel', b: 'Bolt' }
  const prices = [of('a', 10), of('b', 1), of('a', 1), of('a', 100)]
  expect(ordered(prices, (id) => names[id] ?? '').map(({ id }) => id)).toEqual([
    'b-1',
    'a-1',
    'a-10',
    'a-100',
  ])
})

it('keeps products of the same name apart', () => {
  const prices = [of('b', 1), of('a', 1), of('b', 10), of('a', 10)]
  expect(ordered(prices, () => 'Bolt').map(({ id }) => id)).toEqual(['a-1', 'a-10', 'b-1', 'b-10'])
})

it('begins a product at one and goes on by tens', () => {
  expect(nextQuantity([], 'a')).toBe(1)
  expect(nextQuantity([of('b', 50)], 'a')).toBe(1)
  expect(nextQuantity([of('a', 1), of('a', 25)], 'a')).toBe(250)
})
