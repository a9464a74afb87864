import { describe, expect, it } from 'vitest'
import { createTestBook } from './test-rules'

describe('accounts and contacts', () => {
  it('are never above themselves', async () => {
    const book = createTestBook()
    const top = await book.create('account', { name: 'Top' })
    const middle = await book.create('account', { name: 'Middle', parentAccountId: top.id })
    const low = await book.create('account', { name: 'Low', parentAccountId: middle.id })
    for (const above of [top.id, low.id])
      await expect(
        book.update('account', top.id, { parentAccountId: above }),
      ).rejects.toMatchObject({ errors: [{ path: 'parentAccountId' }] })
    const boss = await book.create('contact', { firstName: 'Boss' })
    const report = await book.create('contact', { firstName: 'Report', reportsToId: boss.id })
    await expect(book.update('contact', boss.id, { reportsToId: report.id })).rejects.toMatchObject(
      { errors: [{ path: 'reportsToId' }] },
    )
    await expect(
      book.create('contact', { firstName: 'Baby', birthday: '2027-01-01' }),
    ).rejects.toMatchObject({ errors: [{ path: 'birthday' }] })
  })

  it('are walked safely even where a merge has made a circle', async () => {
    const book = createTestBook()
    const a = await book.create('account', { name: 'A' })
    const b = await book.create('account', { name: 'B', parentAccountId: a.id })
    // As two people did offline, each for themselves.
    Object.assign(book.row('account', a.id) ?? {}, { parentAccountId: b.id })
    const c = await book.create('account', { name: 'C' })
    const below = await book.update('account', c.id, { parentAccountId: a.id })
    expect(below?.parentAccountId).toBe(a.id)
  })
})

describe('quotes', () => {
  it('complete their lines from products and price lists, and add up', async () => {
    const book = createTestBook()
    const seat = await book.create('product', { name: 'Seat', unitPrice: 100_00, taxPercent: 19 })
    const list = await book.create('priceList', { name: 'Public' })
    const price = { priceListId: list.id, productId: seat.id }
    const first = await book.create('price', { ...price, unitPrice: 90_00, minQuantity: 1 })
    await book.create('price', { ...price, unitPrice: 80_00, minQuantity: 10 })
    expect(first).toMatchObject({ title: 'Seat · Public', currency: 'EUR' })
    const line = { productId: seat.id, description: null, unitPrice: null, discountPercent: null }
    const quote = await book.create('quote', {
      title: 'Offer',
      priceListId: list.id,
      lines: [
        { ...line, quantity: 2, taxPercent: null },
        { ...line, quantity: 10, taxPercent: null },
      ],
    })
    expect(quote).toMatchObject({
      issuedOn: '2026-03-10',
      currency: 'EUR',
      lines: [
        { description: 'Seat', unitPrice: 90_00, taxPercent: 19 },
        { unitPrice: 80_00, taxPercent: 19 },
      ],
      subtotal: 980_00,
      taxTotal: 186_20,
      total: 1166_20,
    })
    const cheaper = await book.update('quote', quote.id, { discountPercent: 10 })
    expect(cheaper).toMatchObject({ subtotal: 980_00, discountTotal: 98_00, total: 1049_58 })
  })

  it('remember when they were sent and refuse to end before they begin', async () => {
    const book = createTestBook()
    const { id } = await book.create('quote', { title: 'Offer' })
    expect((await book.update('quote', id, { status: 'sent' }))?.sentAt).toBe(book.clock.now)
    await expect(book.update('quote', id, { validUntil: '2026-03-09' })).rejects.toMatchObject({
      errors: [{ path: 'validUntil' }],
    })
  })
})

describe('relationships', () => {
  it('have two ends and are called by them', async () => {
    const book = createTestBook()
    const ann = await book.create('contact', { firstName: 'Ann', lastName: 'Lee' })
    const acme = await book.create('account', { name: 'Acme' })
    const tie = await book.create('relationship', {
      relationshipType: 'key_contact',
      contactId: ann.id,
      relatedAccountId: acme.id,
    })
    expect(tie.title).toBe('Ann Lee – Acme')
    await expect(
      book.create('relationship', { relationshipType: 'colleague', contactId: ann.id }),
    ).rejects.toMatchObject({ errors: [{ path: 'relationshipType' }] })
    await expect(
      book.update('relationship', tie.id, { since: '2026-02-01', until: '2026-01-01' }),
    ).rejects.toMatchObject({ errors: [{ path: 'until' }] })
  })
})
