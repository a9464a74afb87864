import { describe, expect, it } from 'vitest'
import { formatPhone, normalisePhone } from './phone'

describe('phone numbers', () => {
  it.each([
    ['+49 (30) 123-456', '+4930123456'],
    [' +1 415 555 2671 ', '+14155552671'],
    ['+33 1 23 45 67 89', '+33123456789'],
  ])('%s is kept as %s', (typed, kept) => expect(normalisePhone(typed)).toBe(kept))

  it('reads a national number when the country is known', () => {
    expect(normalisePhone('030 123456', 'DE')).toBe('+4930123456')
    expect(normalisePhone('030 123456')).toBe('030 123456')
  })

  it.each(['+1 415 555 2671 ext. 12', 'ask for Ann, +1 415 555 2671', 'unknown', '+12'])(
    'leaves %s as typed, because E.164 would lose a part of it',
    (typed) => expect(normalisePhone(typed)).toBe(typed),
  )

  it('does not change what it made itself', () => {
    expect(normalisePhone(normalisePhone('+49 30 123456'))).toBe('+4930123456')
  })

  it('shows E.164 with spaces and other text as it is', () => {
    expect(formatPhone('+14155552671')).toBe('+1 415 555 2671')
    expect(formatPhone('extension 12')).toBe('extension 12')
  })
})
