import { expect, it } from 'vitest'
import { createTestBook } from '../test-rules'

it('has one default list in each currency', async () => {
  const book = createTestBook()
  const first = await book.create('priceList', { name: 'A', currency: 'EUR', isDefault: true })
  const other = await book.create('priceList', { name: 'B', currency: 'USD', isDefault: true })
  const second = await book.create('priceList', { name: 'C', currency: 'EUR', isDefault: true })
  expect(book.row('priceList', first.id)?.isDefault).toBe(false)
  expect(book.row('priceList', other.id)?.isDefault).toBe(true)
  expect(book.row('priceList', second.id)?.isDefault).toBe(true)
})

it('does not begin quotes with a list that is not in use', async () => {
  const book = createTestBook()
  const list = await book.create('priceList', { name: 'A', currency: 'EUR', isDefault: true })
  await expect(book.update('priceList', list.id, { active: false })).rejects.toThrow()
  await book.update('priceList', list.id, { isDefault: false, active: false })
  await expect(book.update('priceList', list.id, { isDefault: true })).rejects.toThrow()
})

it('keeps the currency of a list that has prices', async () => {
  const book = createTestBook()
  const list = await book.create('priceList', { name: 'A', currency: 'EUR' })
  await book.update('priceList', list.id, { currency: 'USD' })
  const product = await book.create('product', { name: 'Bolt', unitPrice: 100 })
  await book.create('price', { priceListId: list.id, productId: product.id })
  await expect(book.update('priceList', list.id, { currency: 'EUR' })).rejects.toThrow()
})

it('begins a price with what the product usually costs in that currency', async () => {
  const book = createTestBook()
  const product = await book.create('product', { name: 'Bolt', unitPrice: 100, currency: 'EUR' })
  const euros = await book.create('priceList', { name: 'Europe', currency: 'EUR' })
  const dollars = await book.create('priceList', { name: 'America', currency: 'USD' })
  const same = await book.create('price', { priceListId: euros.id, productId: product.id })
  const other = await book.create('price', { priceListId: dollars.id, productId: product.id })
  expect(same).toMatchObject({ title: 'Bolt · Europe', unitPrice: 100, currency: 'EUR' })
  expect(other).toMatchObject({ unitPrice: null, currency: 'USD' })
})

it('prices a new quote by the default list in its currency', async () => {
  const book = createTestBook()
  const product = await book.create('product', { name: 'Bolt', unitPrice: 100, currency: 'EUR' })
  const list = await book.create('priceList', { name: 'A', currency: 'USD', isDefault: true })
  const price = { priceListId: list.id, productId: product.id, currency: 'USD', unitPrice: 120 }
  await book.create('price', price)
  const line = { id: 'l', productId: product.id, description: null, quantity: 2, unitPrice: null }
  const lines = [{ ...line, discountPercent: null, taxPercent: null }]
  const dollars = await book.create('quote', { currency: 'USD', lines })
  expect(dollars).toMatchObject({ priceListId: list.id, subtotal: 240 })
  const euros = await book.create('quote', { currency: 'EUR', lines })
  expect(euros).toMatchObject({ priceListId: null, subtotal: 200 })
})

it('never takes a number of one currency for a price in another', async () => {
  const book = createTestBook()
  const product = await book.create('product', { name: 'Bolt', unitPrice: 100, currency: 'EUR' })
  const line = { id: 'l', productId: product.id, description: null, quantity: 2, unitPrice: null }
  const lines = [{ ...line, discountPercent: null, taxPercent: null }]
  const quote = await book.create('quote', { currency: 'USD', lines })
  expect(quote.lines).toMatchObject([{ description: 'Bolt', unitPrice: null }])
})
