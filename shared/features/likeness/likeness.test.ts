import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newRow } from '../../kernel/rules'
import { entities } from '../index'
import { likenessOf, probesOf, somebodyOf } from './likeness'

const contact = (set: Record<string, unknown>) => newRow(entities.contact, 'c', set)
const account = (set: Record<string, unknown>) => newRow(entities.account, 'a', set)
const lead = (set: Record<string, unknown>) => newRow(entities.lead, 'l', set)

const ingrid = somebodyOf('lead', {
  contactName: 'Ingrid Larsen',
  companyName: 'Nordic Freight AS',
  email: 'Ingrid@Nordic.example',
  phone: '+47 22 55 50 10',
})

describe('likeness', () => {
  it('sees the same address and number however they are written', () => {
    expect(likenessOf('contact', ingrid, contact({ email: 'ingrid@nordic.EXAMPLE' }))).toEqual([
      'email',
    ])
    const more = { emails: [{ address: 'ingrid@nordic.example' }], mobile: '+4722555010' }
    expect(likenessOf('contact', ingrid, contact(more))).toEqual(['email', 'phone'])
  })

  it('takes a whole name for one, without accents and case, and a first name for none', () => {
    const same = contact({ firstName: 'ÍNGRID', lastName: 'Larsen' })
    expect(likenessOf('contact', ingrid, same)).toEqual(['name'])
    const first = somebodyOf('contact', { firstName: 'Ingrid' })
    expect(likenessOf('contact', first, contact({ firstName: 'Ingrid' }))).toEqual([])
  })

  it('knows a company without its legal form, and by the domain of its mail', () => {
    expect(likenessOf('account', ingrid, account({ name: 'nordic freight' }))).toEqual(['company'])
    const site = account({ name: 'NF Group', website: 'https://www.nordic.example/no' })
    expect(likenessOf('account', ingrid, site)).toEqual(['domain'])
  })

  it('does not take everybody with a free mailbox for one company', () => {
    const who = somebodyOf('lead', { email: 'a@gmail.com' })
    expect(likenessOf('account', who, account({ name: 'G', website: 'gmail.com' }))).toEqual([])
    expect(probesOf('account', who)).toEqual([])
  })

  it('says nothing of people of whom nothing is known', () => {
    const nobody = somebodyOf('lead', {})
    for (const target of ['contact', 'account', 'lead'])
      expect(probesOf(target, nobody)).toEqual([])
    expect(likenessOf('contact', nobody, contact({}))).toEqual([])
    expect(likenessOf('account', nobody, account({}))).toEqual([])
  })

  it('looks wherever it would find something', () => {
    const word = fc.stringMatching(/^[a-z]{4,8}$/)
    const value = fc.record({
      email: word.map((one) => `${one}@firm.example`),
      contactName: fc.tuple(word, word).map((two) => two.join(' ')),
      phone: fc.integer({ min: 100_000, max: 999_999 }).map((one) => `+4922${one}`),
    })
    fc.assert(
      fc.property(value, fc.subarray(['email', 'contactName', 'phone']), (values, shared) => {
        const kept = Object.entries(values).filter(([name]) => shared.includes(name))
        const row = lead(Object.fromEntries(kept))
        const who = somebodyOf('lead', values)
        const isFound = probesOf('lead', who).some(({ field, text }) =>
          String(row[field] ?? '')
            .toLowerCase()
            .includes(text.toLowerCase()),
        )
        expect(likenessOf('lead', who, row).length > 0).toBe(isFound)
      }),
    )
  })
})
