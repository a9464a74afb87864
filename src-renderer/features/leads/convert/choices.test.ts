import { describe, expect, it } from 'vitest'
import { account } from '../../../../shared/features/accounts/account'
import { contact } from '../../../../shared/features/contacts/contact'
import type { Likeness } from '../../../../shared/features/likeness/likeness'
import { newRow } from '../../../../shared/kernel/rules'
import { isSettled, suggestAccount, suggestContact, toConversion } from './choices'

const person = (id: string, ...reasons: Likeness[]) => ({
  entity: 'contact',
  row: newRow(contact, id, {}),
  reasons,
})
const company = (id: string, ...reasons: Likeness[]) => ({
  entity: 'account',
  row: newRow(account, id, {}),
  reasons,
})
const unknown = { contactAccountId: null, company: 'Nordic' }

describe('what the dialog begins with', () => {
  it('is the contact with the same address or number, never one that only has the name', () => {
    expect(suggestContact([person('a', 'name'), person('b', 'email')])).toEqual({
      kind: 'existing',
      id: 'b',
    })
    expect(suggestContact([person('a', 'name')])).toEqual({ kind: 'new' })
  })

  it('is the account of that contact before one that is like the company', () => {
    const likely = [company('x', 'company')]
    expect(suggestAccount(likely, { ...unknown, contactAccountId: 'own' })).toEqual({
      kind: 'existing',
      id: 'own',
    })
    expect(suggestAccount(likely, unknown)).toEqual({ kind: 'existing', id: 'x' })
    expect(suggestAccount([company('x', 'phone')], unknown)).toEqual({ kind: 'new' })
  })

  it('is no account where the lead names no company', () => {
    expect(suggestAccount([], { ...unknown, company: null })).toEqual({ kind: 'none' })
  })
})

it('is not settled before a record is picked', () => {
  expect(isSettled({ kind: 'existing', id: null })).toBe(false)
  expect(isSettled({ kind: 'new' })).toBe(true)
  expect(toConversion({ kind: 'existing', id: 'a' })).toEqual({ id: 'a' })
  expect(toConversion({ kind: 'none' })).toBe('none')
})
