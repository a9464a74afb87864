import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestBook, createTestPipeline } from '../test-rules'
import { type Conversion, convertLead } from './convert'

const everything: Conversion = { contact: 'new', account: 'new', opportunity: { new: {} } }

const prepare = async () => {
  const book = createTestBook()
  const pipeline = await createTestPipeline(book)
  const lead = await book.create('lead', {
    name: 'Fleet app',
    contactName: 'Ingrid Marie Larsen',
    email: 'ingrid@nordic.example',
    phone: '+4722555010',
    companyName: 'Nordic Freight',
    expectedRevenue: 48_000_00,
    currency: 'NOK',
    rating: 'hot',
    ownerId: 'sara',
  })
  return { book, pipeline, lead }
}

describe('converting a lead', () => {
  it('makes contact, account and opportunity that know each other', async () => {
    const { book, pipeline, lead } = await prepare()
    const done = await convertLead(lead, everything, book.context())
    await book.write(done.changes)
    expect(book.row('account', done.accountId)).toMatchObject({
      name: 'Nordic Freight',
      rating: 'hot',
      ownerId: 'sara',
    })
    expect(book.row('contact', done.contactId)).toMatchObject({
      firstName: 'Ingrid Marie',
      lastName: 'Larsen',
      email: 'ingrid@nordic.example',
      accountId: done.accountId,
    })
    expect(book.row('opportunity', done.opportunityId)).toMatchObject({
      name: 'Fleet app',
      amount: 48_000_00,
      currency: 'NOK',
      leadId: lead.id,
      accountId: done.accountId,
      contactId: done.contactId,
      stageId: pipeline.stages.New,
      ownerId: 'sara',
    })
    expect(book.row('lead', lead.id)).toMatchObject({
      status: 'converted',
      convertedAt: book.clock.now,
      convertedContactId: done.contactId,
      convertedAccountId: done.accountId,
      convertedOpportunityId: done.opportunityId,
      stageId: pipeline.stages.Won,
    })
  })

  it('takes records that exist, and refuses ones that do not', async () => {
    const { book, lead } = await prepare()
    const account = await book.create('account', { name: 'Nordic' })
    const conversion: Conversion = {
      contact: 'none',
      account: { id: account.id },
      opportunity: { new: { name: 'Other name', amount: 1 } },
    }
    const done = await convertLead(lead, conversion, book.context())
    await book.write(done.changes)
    expect(book.all('account')).toHaveLength(1)
    expect(book.row('opportunity', done.opportunityId)).toMatchObject({
      name: 'Other name',
      amount: 1,
      accountId: account.id,
      contactId: null,
    })
    const lead2 = await book.create('lead', { name: 'Second' })
    await expect(
      convertLead(lead2, { ...conversion, account: { id: 'nobody' } }, book.context()),
    ).rejects.toMatchObject({ errors: [{ path: 'accountId' }] })
  })

  it('takes an opportunity that exists and tells it and the contact what they did not know', async () => {
    const { book, lead } = await prepare()
    const contact = await book.create('contact', { firstName: 'Ingrid' })
    const other = await book.create('contact', { firstName: 'Olav' })
    const deal = await book.create('opportunity', { name: 'Deal', contactId: other.id })
    const conversion: Conversion = {
      contact: { id: contact.id },
      account: 'new',
      opportunity: { id: deal.id },
    }
    const done = await convertLead(lead, conversion, book.context())
    await book.write(done.changes)
    expect(book.row('contact', contact.id)).toMatchObject({ accountId: done.accountId })
    expect(book.row('opportunity', deal.id)).toMatchObject({
      name: 'Deal',
      leadId: lead.id,
      accountId: done.accountId,
      contactId: other.id,
    })
    expect(book.row('lead', lead.id)).toMatchObject({ convertedOpportunityId: deal.id })
    const second = await book.create('lead', { name: 'Second' })
    await expect(
      convertLead(second, { ...conversion, opportunity: { id: 'nobody' } }, book.context()),
    ).rejects.toMatchObject({ errors: [{ path: 'opportunityId' }] })
  })

  it('happens once', async () => {
    const { book, lead } = await prepare()
    await book.write((await convertLead(lead, everything, book.context())).changes)
    const again = book.row('lead', lead.id)
    if (!again) throw new Error('no lead')
    await expect(convertLead(again, everything, book.context())).rejects.toMatchObject({
      code: 'lead.converted',
      status: 409,
    })
  })

  it('takes the activities of the lead along', async () => {
    const { book, lead } = await prepare()
    const call = await book.create('activity', {
      subject: 'Call',
      activityType: 'call',
      leadId: lead.id,
    })
    const done = await convertLead(lead, everything, book.context())
    await book.write(done.changes)
    expect(book.row('activity', call.id)).toMatchObject({
      leadId: lead.id,
      contactId: done.contactId,
      accountId: done.accountId,
      opportunityId: done.opportunityId,
    })
  })

  it('never loses what the lead knew, whatever is chosen', async () => {
    const part = fc.constantFrom('new' as const, 'none' as const)
    await fc.assert(
      fc.asyncProperty(
        part,
        part,
        fc.boolean(),
        fc.string({ minLength: 1 }),
        async (contact, account, withDeal, contactName) => {
          const { book, lead } = await prepare()
          const row = { ...lead, contactName }
          const opportunity = withDeal ? { new: {} } : ('none' as const)
          const conversion = { contact, account, opportunity }
          const isNothing = contact === 'none' && account === 'none' && !withDeal
          const attempt = convertLead(row, conversion, book.context())
          if (isNothing) {
            await expect(attempt).rejects.toMatchObject({ code: 'record.invalid' })
            return
          }
          const done = await attempt
          await book.write(done.changes)
          expect(done.contactId === null).toBe(contact === 'none')
          expect(done.accountId === null).toBe(account === 'none')
          expect(done.opportunityId === null).toBe(!withDeal)
          if (done.contactId) {
            const made = book.row('contact', done.contactId)
            expect(made?.firstName).not.toBe('')
            expect(made?.email).toBe(lead.email)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
