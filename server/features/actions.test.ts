import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import { bodyOf, type Caller, createTestServer } from '../kernel/test-server'

const base = '/api/v1/crm'

let clock: { now: number }
let owner: Caller
let readOnly: Caller
let sales: { call: Caller; userId: string }
let second: { call: Caller; userId: string }
let stages: Record<string, string>
let pipelineId: string

const create = async (plural: string, json: Record<string, unknown>, call = owner) => {
  const answer = await call('POST', `${base}/${plural}`, { json })
  const body = await bodyOf(answer)
  expect(answer.status, JSON.stringify(body)).toBe(201)
  return body
}
const act = (path: string, json: Record<string, unknown> = {}) =>
  owner('POST', `${base}/${path}`, { json })

beforeEach(async () => {
  const server = await createTestServer()
  clock = server.clock
  const workspace = await server.workspace('first')
  owner = workspace.owner
  readOnly = (await workspace.person('read_only')).call
  sales = await workspace.person('sales')
  second = await workspace.person('manager')
  const pipeline = await create('pipelines', { name: 'Sales Pipeline', is_default: true })
  pipelineId = String(pipeline.id)
  stages = {}
  const wanted = [
    { name: 'New', probability: 10 },
    { name: 'Proposal', probability: 50 },
    { name: 'Won', probability: 100, stage_type: 'won' },
    { name: 'Lost', probability: 0, stage_type: 'lost' },
  ]
  for (const [sequence, stage] of wanted.entries())
    stages[stage.name] = String(
      (await create('stages', { ...stage, sequence, pipeline_id: pipelineId })).id,
    )
})

describe('leads over REST', () => {
  it('get the default pipeline and its first stage', async () => {
    expect(await create('leads', { name: 'Lead' })).toMatchObject({
      pipeline_id: pipelineId,
      stage_id: stages.New,
      status: 'new',
      probability: 10,
    })
  })

  it('move, show on the board with sums, and keep a history', async () => {
    const lead = await create('leads', { name: 'Lead', expected_revenue: 1000 })
    const moved = await act(`leads/${lead.id}/move-stage`, { stage_id: stages.Proposal })
    expect(await bodyOf(moved)).toMatchObject({ stage_id: stages.Proposal, probability: 50 })
    const board = await bodyOf(owner('GET', `${base}/leads/kanban`))
    expect(board).toMatchObject({
      pipeline: { id: pipelineId },
      stages: [
        { name: 'New', count: 0, items: [] },
        {
          name: 'Proposal',
          count: 1,
          totals: [{ currency: 'EUR', amount: 1000, weighted: 500 }],
          items: [{ id: lead.id }],
        },
        { name: 'Won' },
        { name: 'Lost' },
      ],
    })
    const history = await bodyOf(
      owner('GET', `${base}/stage-changes?lead_id=${lead.id}&sort=created_at`),
    )
    expect(history.items).toMatchObject([{ title: 'New' }, { title: 'New → Proposal' }])
    const change = history.items?.[0]?.id
    const edited = await owner('PATCH', `${base}/stage-changes/${change}`, {
      json: { title: 'Other' },
    })
    expect(edited.status).toBe(403)
  })

  it('say which fields a stage asks for, and stay where they are without them', async () => {
    const required = { required_fields: [{ field: 'email' }] }
    await owner('PATCH', `${base}/stages/${stages.Proposal}`, { json: required })
    const lead = await create('leads', { name: 'Lead' })
    const moved = await act(`leads/${lead.id}/move-stage`, { stage_id: stages.Proposal })
    expect(moved.status).toBe(422)
    expect((await bodyOf(moved)).errors).toMatchObject([{ path: 'email' }])
    expect(await bodyOf(owner('GET', `${base}/leads/${lead.id}`))).toMatchObject({
      stage_id: stages.New,
    })
    const nowhere = await act(`leads/${lead.id}/move-stage`, { stage_id: newId() })
    expect(nowhere.status).toBe(422)
  })

  it('have a board of their own where a default pipeline is meant for leads', async () => {
    const own = await create('pipelines', { name: 'Intake', kind: 'lead', is_default: true })
    await owner('PATCH', `${base}/pipelines/${pipelineId}`, {
      json: { kind: 'opportunity', is_default: true },
    })
    const leads = await bodyOf(owner('GET', `${base}/leads/kanban`))
    expect(leads).toMatchObject({ pipeline: { id: own.id }, stages: [] })
    const deals = await bodyOf(owner('GET', `${base}/opportunities/kanban`))
    expect(deals).toMatchObject({ pipeline: { id: pipelineId } })
  })

  it('move by PATCH just as well', async () => {
    const lead = await create('leads', { name: 'Lead' })
    const patched = await owner('PATCH', `${base}/leads/${lead.id}`, {
      json: { stage_id: stages.Lost },
    })
    expect(await bodyOf(patched)).toMatchObject({ status: 'lost', probability: 0 })
  })

  it('convert into contact, account and opportunity, once', async () => {
    const lead = await create('leads', {
      name: 'Fleet app',
      contact_name: 'Ingrid Larsen',
      company_name: 'Nordic Freight',
      email: 'ingrid@nordic.example',
      expected_revenue: 48_000,
      tags: ['Enterprise'],
    })
    const answer = await act(`leads/${lead.id}/convert`, { opportunity: { amount: 50_000 } })
    expect(answer.status).toBe(200)
    expect(await bodyOf(answer)).toMatchObject({
      lead: { status: 'converted', stage_id: stages.Won },
      contact: { first_name: 'Ingrid', last_name: 'Larsen', tags: ['Enterprise'] },
      account: { name: 'Nordic Freight' },
      opportunity: { name: 'Fleet app', amount: 50_000, lead_id: lead.id, stage_id: stages.New },
    })
    const again = await act(`leads/${lead.id}/convert`)
    expect(await bodyOf(again)).toMatchObject({ status: 409, code: 'lead.converted' })
    expect((await bodyOf(owner('GET', `${base}/accounts`))).total).toBe(1)
  })

  it('convert into records that exist, or into fewer', async () => {
    const account = await create('accounts', { name: 'Nordic' })
    const lead = await create('leads', { name: 'Lead' })
    const answer = await act(`leads/${lead.id}/convert`, {
      account_id: account.id,
      create_contact: false,
      create_opportunity: false,
    })
    expect(await bodyOf(answer)).toMatchObject({
      contact: null,
      opportunity: null,
      account: { id: account.id },
    })
    const other = await create('leads', { name: 'Other' })
    const unknown = await act(`leads/${other.id}/convert`, { account_id: newId() })
    expect(unknown.status).toBe(422)
    expect((await bodyOf(unknown)).errors).toMatchObject([{ path: 'account_id' }])
    const deal = await create('opportunities', { name: 'Deal' })
    const joined = await act(`leads/${other.id}/convert`, { opportunity_id: deal.id })
    expect(await bodyOf(joined)).toMatchObject({
      opportunity: { id: deal.id, name: 'Deal', lead_id: other.id },
      account: null,
    })
    const third = await create('leads', { name: 'Third' })
    const wrong = await act(`leads/${third.id}/convert`, { opportunity: { amount: -1 } })
    expect(wrong.status).toBe(422)
  })

  it('are marked lost with a reason', async () => {
    const lead = await create('leads', { name: 'Lead' })
    const lost = await act(`leads/${lead.id}/mark-lost`, { reason: 'No budget' })
    expect(await bodyOf(lost)).toMatchObject({
      status: 'lost',
      lost_reason: 'No budget',
      stage_id: stages.Lost,
    })
  })

  it('go round among the candidates of the assignment rule', async () => {
    await create('assignment-rules', {
      name: 'Everybody',
      method: 'round_robin',
      users: [{ user_id: sales.userId }, { user_id: second.userId }],
    })
    const owners = []
    for (let n = 0; n < 4; n += 1) {
      clock.now += 1000
      owners.push((await create('leads', { name: `Lead ${n}` })).owner_id)
    }
    expect(new Set(owners.slice(0, 2)).size).toBe(2)
    expect(owners.slice(2)).toEqual(owners.slice(0, 2))
    const imported = await owner('POST', `${base}/leads/import`, {
      json: { items: [{ name: 'A' }, { name: 'B' }] },
    })
    expect(await bodyOf(imported)).toMatchObject({ created: 2 })
    const all = await bodyOf(owner('GET', `${base}/leads?name[in]=A,B`))
    expect(new Set(all.items?.map((row) => row.owner_id)).size).toBe(2)
    const given = await create('leads', { name: 'Mine', owner_id: second.userId })
    expect(given.owner_id).toBe(second.userId)
  })

  it('are not converted or moved by those who may only read', async () => {
    const lead = await create('leads', { name: 'Lead' })
    for (const action of ['convert', 'mark-lost', 'move-stage']) {
      const answer = await readOnly('POST', `${base}/leads/${lead.id}/${action}`, { json: {} })
      expect(answer.status).toBe(403)
    }
    expect((await readOnly('GET', `${base}/leads/kanban`)).status).toBe(200)
  })
})

describe('opportunities over REST', () => {
  it('are won and lost', async () => {
    const { id } = await create('opportunities', { name: 'Deal', amount: 10 })
    const won = await bodyOf(act(`opportunities/${id}/mark-won`))
    expect(won).toMatchObject({ stage_id: stages.Won, probability: 100, currency: 'EUR' })
    expect(won.won_at).not.toBeNull()
    const lost = await bodyOf(act(`opportunities/${id}/mark-lost`, { reason: 'Too dear' }))
    expect(lost).toMatchObject({ stage_id: stages.Lost, won_at: null, lost_reason: 'Too dear' })
    expect((await bodyOf(owner('GET', `${base}/opportunities/kanban`))).stages).toHaveLength(4)
  })

  it('are forecast by month against the quota', async () => {
    const deal = { amount: 1000, close_date: '2026-02-10' }
    await create('opportunities', { ...deal, name: 'One', probability: 40 })
    await create('opportunities', { ...deal, name: 'Dollars', currency: 'USD' })
    await create('opportunities', { ...deal, name: 'Later', close_date: '2027-02-10' })
    await create('quotas', {
      name: 'Q1',
      period: 'quarter',
      start_on: '2026-01-01',
      amount: 3000,
    })
    const path = `${base}/opportunities/forecast?from=2026-01-01&to=2026-03-31`
    const forecast = await bodyOf(owner('GET', `${path}&pipeline_id=${pipelineId}`))
    expect(forecast).toMatchObject({
      from: '2026-01-01',
      to: '2026-03-31',
      items: [
        { currency: 'EUR', total: { count: 1, amount: 1000, weighted: 400 } },
        { currency: 'USD', total: { count: 1 } },
      ],
    })
    const whole = await bodyOf(owner('GET', path))
    expect(whole.items?.[0]?.months).toMatchObject([
      { month: '2026-01', quota: 1000 },
      { month: '2026-02', quota: 1000, weighted: 400, by_category: { pipeline: { count: 1 } } },
      { month: '2026-03', quota: 1000 },
    ])
    const backwards = await owner(
      'GET',
      `${base}/opportunities/forecast?from=2026-03-01&to=2026-01-01`,
    )
    expect(backwards.status).toBe(422)
  })

  it('refuse what makes no sense and say why', async () => {
    const post = (json: Record<string, unknown>) => act('opportunities', { name: 'Deal', ...json })
    for (const [json, path] of [
      [{ amount: -1 }, 'amount'],
      [{ currency: 'XXQ' }, 'currency'],
      [{ probability: 101 }, 'probability'],
      [{ close_date: '2026-02-30' }, 'close_date'],
      [{ stage_id: newId() }, 'stage_id'],
    ] as const) {
      const answer = await post(json)
      expect(answer.status).toBe(422)
      expect((await bodyOf(answer)).errors).toMatchObject([{ path }])
    }
  })
})

describe('pipelines over REST', () => {
  it('keep stages that hold records, and one default', async () => {
    await create('opportunities', { name: 'Deal' })
    const stage = await owner('DELETE', `${base}/stages/${stages.New}`)
    expect(await bodyOf(stage)).toMatchObject({
      status: 422,
      detail: expect.stringContaining('1 opportunity stands in this stage'),
    })
    expect((await owner('DELETE', `${base}/stages/${stages.Proposal}`)).status).toBe(204)
    expect((await owner('DELETE', `${base}/pipelines/${pipelineId}`)).status).toBe(422)
    const other = await create('pipelines', { name: 'Other', is_default: true })
    const before = await bodyOf(owner('GET', `${base}/pipelines/${pipelineId}`))
    expect(before.is_default).toBe(false)
    expect(other.is_default).toBe(true)
  })
})
