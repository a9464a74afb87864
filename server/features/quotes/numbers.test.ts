import { expect, it } from 'vitest'
import { bodyOf, createTestServer } from '../../kernel/test-server'

it('numbers quotes per workspace and year, once, in the order in which they were made', async () => {
  const server = await createTestServer({ now: Date.UTC(2026, 11, 31, 12) })
  const { services } = server
  const make = async (slug: string) => (await server.workspace(slug)).owner
  const [acme, other] = [await make('acme'), await make('other')]
  const quote = async (owner: typeof acme, title: string): Promise<unknown> =>
    (await bodyOf(owner('POST', '/api/v1/crm/quotes', { json: { title } }))).id
  const numbers = async (owner: typeof acme) => {
    await services.quoteNumbers.settle()
    const { items = [] } = await bodyOf(owner('GET', '/api/v1/crm/quotes?sort=number'))
    return items.map((item) => `${item.title} ${item.number}`)
  }
  await quote(acme, 'First')
  const second = await quote(acme, 'Second')
  await quote(other, 'Elsewhere')
  expect(await numbers(acme)).toEqual(['First Q-2026-0001', 'Second Q-2026-0002'])
  expect(await numbers(other)).toEqual(['Elsewhere Q-2026-0001'])
  await acme('DELETE', `/api/v1/crm/quotes/${second}`)
  await quote(acme, 'Third')
  expect(await numbers(acme)).toEqual(['First Q-2026-0001', 'Third Q-2026-0003'])
  const refused = await acme('PATCH', `/api/v1/crm/quotes/${second}`, { json: { number: 'Q-1' } })
  expect(refused.ok).toBe(false)
  await services.close()
})
