import { beforeEach, describe, expect, it } from 'vitest'
import { formatStamp } from '../../shared/kernel/clock'
import { newDeviceId, newId } from '../../shared/kernel/ids'
import { refusedEditsSchema } from '../../shared/protocol/refused-edits'
import type { EditInput } from '../kernel/ports'
import { type Caller, createTestServer, type TestServer } from '../kernel/test-server'

describe('refused edits', () => {
  let server: TestServer
  let workspace: Awaited<ReturnType<TestServer['workspace']>>
  const device = newDeviceId()

  beforeEach(async () => {
    server = await createTestServer()
    workspace = await server.workspace('acme')
    return () => server.services.close()
  })

  const push = async (userId: string, edits: Pick<EditInput, 'id' | 's'>[]) => {
    const { workspaceId } = workspace
    const actor = { workspaceId, userId, role: 'sales', device, via: 'sync' } as const
    server.services.devices.meet({ workspaceId, id: device, userId, family: null, name: 'Laptop' })
    await server.services.commit(
      actor,
      edits.map((edit, index) => ({
        ...edit,
        entity: 'contact',
        n: index + 1,
        t: formatStamp({ ms: server.clock.now, counter: index, device }),
      })),
    )
  }

  const list = async (caller: Caller, query = '') => {
    const response = await caller('GET', `/api/v1/crm/refused-edits${query}`)
    return refusedEditsSchema.parse(await response.json())
  }

  it('are listed with who, where, what and why, newest first', async () => {
    const sales = await workspace.person('sales')
    const [kept, refused] = [newId(), newId()]
    await push(sales.userId, [
      { id: kept, s: { firstName: 'Ada', lastName: 'Lovelace' } },
      { id: kept, s: { email: 'no address' } },
      { id: refused, s: { firstName: 'Grace', score: 'much' } },
    ])
    const { items, next_cursor } = await list(workspace.owner)
    expect(next_cursor).toBeNull()
    expect(items).toMatchObject([
      {
        n: 3,
        user: { id: sales.userId, name: 'The sales' },
        device: { id: device, name: 'Laptop' },
        entity: 'contact',
        record_id: refused,
        title: 'Grace',
        is_stored: false,
        values: { firstName: 'Grace', score: 'much' },
        refusal: { code: 'record.invalid', errors: [{ path: 'score' }] },
      },
      { n: 2, title: 'Ada Lovelace', is_stored: true, values: { email: 'no address' } },
    ])
  })

  it('come page by page', async () => {
    const sales = await workspace.person('sales')
    await push(
      sales.userId,
      Array.from({ length: 5 }, () => ({ id: newId(), s: { firstName: 7 } })),
    )
    const first = await list(workspace.owner, '?page_size=3')
    const second = await list(workspace.owner, `?page_size=3&cursor=${first.next_cursor}`)
    expect([...first.items, ...second.items].map(({ n }) => n)).toEqual([5, 4, 3, 2, 1])
    expect(second.next_cursor).toBeNull()
  })

  it('are for owners and admins of the same workspace alone', async () => {
    const sales = await workspace.person('sales')
    const manager = await workspace.person('manager')
    const admin = await workspace.person('admin')
    await push(sales.userId, [{ id: newId(), s: { firstName: 7 } }])
    for (const { call } of [sales, manager])
      expect((await call('GET', '/api/v1/crm/refused-edits')).status).toBe(403)
    expect((await server.nobody('GET', '/api/v1/crm/refused-edits')).status).toBe(401)
    expect((await list(admin.call)).items).toHaveLength(1)
    expect((await list((await server.workspace('other')).owner)).items).toEqual([])
  })
})
