import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { demoPassword } from './seed'
import { startDemoServer } from './test-demo'

const login = z.object({ access_token: z.string() })
const list = z.object({ total: z.number(), items: z.array(z.looseObject({ name: z.string() })) })

describe('the demo workspace', () => {
  it('has content for every screen', async () => {
    const server = await startDemoServer()
    const signedIn = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@demo.test', password: demoPassword }),
    })
    const { access_token: token } = login.parse(await signedIn.json())
    const read = async (path: string) =>
      (
        await fetch(`${server.url}/api/v1/crm/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).json()
    const page = async (plural: string) => list.parse(await read(`${plural}?page_size=100`))
    const names = async (plural: string) => (await page(plural)).items.map(({ name }) => name)

    expect(await names('pipelines')).toEqual(['Enterprise Deals', 'Sales Pipeline'])
    const board = z
      .object({ stages: z.array(z.object({ name: z.string(), count: z.number() })) })
      .parse(await read('opportunities/kanban'))
    expect(board.stages.map(({ name }) => name)).toEqual([
      'New',
      'Qualified',
      'Proposal',
      'Negotiation',
      'Won',
      'Lost',
    ])
    expect(board.stages.every(({ count }) => count > 0)).toBe(true)
    const expected = ['Acme Corp', 'EduLearn', 'Global Industries', 'MedHealth', 'Tech Innovators']
    expect(await names('accounts')).toEqual(expected)
    expect((await page('contacts')).total).toBe(5)
    expect((await page('leads')).total).toBe(5)
    expect((await page('opportunities')).total).toBeGreaterThanOrEqual(4)
    expect((await page('tags')).total).toBe(8)
    for (const plural of ['activities', 'products', 'quotes', 'quotas', 'relationships'])
      expect((await page(plural)).total).toBeGreaterThan(1)
    await server.stop()
  })
})
