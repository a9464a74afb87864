import { beforeEach, describe, expect, it } from 'vitest'
import { type Caller, createTestServer, type TestServer } from '../../kernel/test-server'

type Body = { [field: string]: unknown }

const hour = 3600_000

describe('the score of a lead', () => {
  let server: TestServer
  let owner: Caller
  let workspaceId: string

  const post = async (path: string, json: unknown): Promise<Body> =>
    (await (await owner('POST', `/api/v1/crm/${path}`, { json })).json()) as Body
  const patch = (path: string, json: unknown) => owner('PATCH', `/api/v1/crm/${path}`, { json })
  const lead = async (id: unknown): Promise<Body> => {
    await server.services.scoring.settle()
    return (await (await owner('GET', `/api/v1/crm/leads/${id}`)).json()) as Body
  }
  const rule = (values: Body) => post('scoring-rules', { kind: 'field', points: 10, ...values })
  const hot = { name: 'Hot', field: 'rating', operator: 'equals', value: 'hot', points: 30 }

  beforeEach(async () => {
    server = await createTestServer()
    const workspace = await server.workspace('acme')
    owner = workspace.owner
    workspaceId = workspace.workspaceId
    return () => server.services.close()
  })

  it('follows from the rules and says what it is made of', async () => {
    await rule(hot)
    await rule({ name: 'No mail', field: 'email', operator: 'is_empty', points: -5 })
    const { id } = await post('leads', { name: 'Ada', rating: 'hot' })
    expect(await lead(id)).toMatchObject({
      score: 25,
      score_explanation: [
        { rule: 'Hot', points: 30 },
        { rule: 'No mail', points: -5 },
      ],
    })
  })

  it('follows when the lead changes, and when a rule does', async () => {
    const { id: ruleId } = await rule(hot)
    const { id } = await post('leads', { name: 'Ada' })
    expect(await lead(id)).toMatchObject({ score: 0 })
    await patch(`leads/${id}`, { rating: 'hot' })
    expect(await lead(id)).toMatchObject({ score: 30 })
    await patch(`scoring-rules/${ruleId}`, { points: 40 })
    expect(await lead(id)).toMatchObject({ score: 40 })
    await owner('DELETE', `/api/v1/crm/scoring-rules/${ruleId}`)
    expect(await lead(id)).toMatchObject({ score: null, score_explanation: [] })
  })

  it('counts activities, and those that go to another lead no more', async () => {
    await rule({ name: 'Calls', kind: 'activity', activity_type: 'call', points: 8 })
    const ada = await post('leads', { name: 'Ada' })
    const bob = await post('leads', { name: 'Bob' })
    const call = await post('activities', {
      subject: 'First call',
      activity_type: 'call',
      lead_id: ada.id,
    })
    expect([(await lead(ada.id)).score, (await lead(bob.id)).score]).toEqual([8, 0])
    await patch(`activities/${call.id}`, { lead_id: bob.id })
    expect([(await lead(ada.id)).score, (await lead(bob.id)).score]).toEqual([0, 8])
    await owner('DELETE', `/api/v1/crm/activities/${call.id}`)
    expect((await lead(bob.id)).score).toBe(0)
  })

  it('fades with time where a rule says so', async () => {
    await rule({ name: 'Heard of', kind: 'recency', points: 20, half_life_days: 7 })
    const { id } = await post('leads', { name: 'Ada' })
    await post('activities', { subject: 'Call', activity_type: 'call', lead_id: id })
    expect((await lead(id)).score).toBe(20)
    server.clock.now += 7 * 24 * hour
    await server.services.scoring.settle()
    const stored = await server.services.reader.get(workspaceId, 'lead', String(id))
    expect(stored?.row.score).toBe(10)
  })

  it('stays as it was once the lead is lost', async () => {
    const { id: ruleId } = await rule(hot)
    const { id } = await post('leads', { name: 'Ada', rating: 'hot' })
    expect((await lead(id)).score).toBe(30)
    await patch(`leads/${id}`, { status: 'lost', lost_reason: 'budget' })
    await patch(`scoring-rules/${ruleId}`, { points: 50 })
    expect((await lead(id)).score).toBe(30)
  })

  it('is computed for leads that were there before the server learned to', async () => {
    await rule(hot)
    const { id } = await post('leads', { name: 'Ada', rating: 'hot' })
    expect((await lead(id)).score).toBe(30)
    const { db } = server.services
    db.$client.exec("delete from consumer where name = 'lead-scoring'")
    db.$client.exec("update record set row = json_remove(row, '$.score') where entity = 'lead'")
    const { createLeadScoring } = await import('./scoring')
    const { reader, commit, now } = server.services
    const onError = (error: unknown) => {
      throw error
    }
    const fresh = createLeadScoring({ db, reader, commit, now, onError })
    await fresh.settle()
    await fresh.stop()
    expect((await lead(id)).score).toBe(30)
  })
})
