import { describe, expect, it } from 'vitest'
import { hashOfNobody, hashPassword, verifyPassword } from './passwords'

describe('passwords', () => {
  it('are salted, so that two of the same differ', async () => {
    const [one, two] = await Promise.all([hashPassword('secret'), hashPassword('secret')])
    expect(one).not.toBe(two)
    expect(await verifyPassword('secret', one)).toBe(true)
    expect(await verifyPassword('Secret', one)).toBe(false)
  })

  it('are the same in either Unicode form', async () => {
    expect(await verifyPassword('caf\u00e9', await hashPassword('cafe\u0301'))).toBe(true)
  })

  it('are verified at the cost that their hash was made with', async () => {
    const cheap = 'scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA$'
    expect(await verifyPassword('secret', `${cheap}${'A'.repeat(43)}`)).toBe(false)
    const [, n, r, p] = (await hashPassword('secret')).split('$')
    expect([n, r, p]).toEqual(hashOfNobody.split('$').slice(1, 4))
  })

  it.each(['', 'plain', 'md5$1$1$1$a$b'])('match no hash that reads %j', async (hash) => {
    expect(await verifyPassword('secret', hash)).toBe(false)
  })
})
