import { beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type Caller, createTestServer, type TestServer } from './test-server'

describe('the history of a record', () => {
  let server: TestServer
  let owner: Caller
  let workspace: Awaited<ReturnType<TestServer['workspace']>>

  beforeEach(async () => {
    server = await createTestServer()
    workspace = await server.workspace('acme')
    owner = workspace.owner
    return () => server.services.close()
  })

  const lead = async (json: { [field: string]: unknown }): Promise<string> =>
    String((await bodyOf(owner('POST', '/api/v1/crm/leads', { json }))).id)
  const historyOf = (id: string, query = '', caller = owner) =>
    caller('GET', `/api/v1/crm/leads/${id}/history${query}`)

  it('says what changed, by whom and how, newest first, in the terms of the API', async () => {
    const sales = await workspace.person('sales')
    const id = await lead({ name: 'Ada', expected_revenue: 100, tags: ['VIP'] })
    await sales.call('PATCH', `/api/v1/crm/leads/${id}`, { json: { expected_revenue: 250.5 } })
    await owner('DELETE', `/api/v1/crm/leads/${id}`)
    await owner('POST', `/api/v1/crm/leads/${id}/restore`)
    const { items = [], next_cursor } = await bodyOf(historyOf(id))
    expect(items.map(({ action }) => action)).toEqual(['restored', 'deleted', 'updated', 'created'])
    expect(items[2]).toMatchObject({
      user_id: sales.userId,
      via: 'rest',
      before: { expected_revenue: 100 },
      after: { expected_revenue: 250.5 },
    })
    expect(items[3]).toMatchObject({ after: { name: 'Ada', expected_revenue: 100, tags: ['VIP'] } })
    expect(next_cursor).toBeNull()
  })

  it('comes page by page', async () => {
    const id = await lead({ name: 'Ada' })
    for (const priority of ['high', 'low', 'urgent'])
      await owner('PATCH', `/api/v1/crm/leads/${id}`, { json: { priority } })
    const first = await bodyOf(historyOf(id, '?page_size=3'))
    const second = await bodyOf(historyOf(id, `?page_size=3&cursor=${first.next_cursor}`))
    const actions = [...(first.items ?? []), ...(second.items ?? [])].map(({ action }) => action)
    expect(actions).toEqual(['updated', 'updated', 'updated', 'created'])
    expect(second.next_cursor).toBeNull()
    expect((await historyOf(id, '?page_size=0')).status).toBe(422)
  })

  it('is nobody’s outside the workspace, and nothing’s that is not there', async () => {
    const id = await lead({ name: 'Ada' })
    const stranger = (await server.workspace('other')).owner
    expect((await historyOf(id, '', stranger)).status).toBe(404)
    expect((await historyOf('01890000-0000-7000-8000-000000000000')).status).toBe(404)
    expect((await historyOf(id, '', server.nobody)).status).toBe(401)
  })
})
