import { beforeEach, describe, expect, it } from 'vitest'
import { createTestBook, createTestPipeline, type TestBook } from '../test-rules'
import { deleteStage, markLeadLost, markOpportunityLost, markWon } from './moves'

let book: TestBook
let pipeline: Awaited<ReturnType<typeof createTestPipeline>>

beforeEach(async () => {
  book = createTestBook()
  pipeline = await createTestPipeline(book)
})

const changesOf = (field: string, id: string) =>
  book.all('stageChange').filter((change) => change[field] === id)

describe('a new opportunity', () => {
  it('stands in the first open stage of the default pipeline with its probability', async () => {
    const row = await book.create('opportunity', { name: 'Deal', amount: 100_00 })
    expect(row).toMatchObject({
      pipelineId: pipeline.id,
      stageId: pipeline.stages.New,
      probability: 10,
      forecastCategory: 'pipeline',
      stageEnteredAt: book.clock.now,
      currency: 'EUR',
    })
    expect(changesOf('opportunityId', row.id)).toMatchObject([
      { title: 'New', fromStageId: null, toStageId: pipeline.stages.New, amount: 100_00 },
    ])
  })

  it('keeps a probability that is given', async () => {
    const row = await book.create('opportunity', { name: 'Deal', probability: 33 })
    expect(row.probability).toBe(33)
  })

  it('goes where the routing rules send it', async () => {
    const routed = await createTestPipeline(book, {
      name: 'Large',
      isDefault: false,
      routingRules: [{ field: 'amount', operator: 'greater_than', value: '1000000' }],
    })
    const small = await book.create('opportunity', { name: 'Small', amount: 5_000_00 })
    const large = await book.create('opportunity', { name: 'Large', amount: 50_000_00 })
    expect(small.pipelineId).toBe(pipeline.id)
    expect(large.pipelineId).toBe(routed.id)
  })

  it('is refused in a pipeline without stages and in a stage of another pipeline', async () => {
    const empty = await book.create('pipeline', { name: 'Empty' })
    await expect(
      book.create('opportunity', { name: 'Deal', pipelineId: empty.id }),
    ).rejects.toMatchObject({ code: 'record.invalid', errors: [{ path: 'pipelineId' }] })
    await expect(
      book.create('opportunity', {
        name: 'Deal',
        pipelineId: empty.id,
        stageId: pipeline.stages.New,
      }),
    ).rejects.toMatchObject({ errors: [{ path: 'stageId' }] })
  })
})

describe('a move', () => {
  it('leaves a stage change with the time spent before', async () => {
    const { id } = await book.create('opportunity', { name: 'Deal' })
    book.clock.now = '2026-03-12T09:00:00.000Z'
    const moved = await book.update('opportunity', id, { stageId: pipeline.stages.Proposal })
    expect(moved).toMatchObject({ probability: 50, stageEnteredAt: book.clock.now })
    expect(moved?.forecastCategory).toBe('pipeline')
    expect(changesOf('opportunityId', id).at(-1)).toMatchObject({
      title: 'New → Proposal',
      secondsBefore: 2 * 24 * 3600,
    })
  })

  it('changes nothing where the stage stays the same', async () => {
    const { id, stageEnteredAt } = await book.create('opportunity', { name: 'Deal' })
    book.clock.now = '2026-03-12T09:00:00.000Z'
    const same = await book.update('opportunity', id, { stageId: pipeline.stages.New })
    expect(same?.stageEnteredAt).toBe(stageEnteredAt)
    expect(changesOf('opportunityId', id)).toHaveLength(1)
  })

  it('to another pipeline alone goes to its first stage', async () => {
    const other = await createTestPipeline(book, { name: 'Other', isDefault: false })
    const { id } = await book.create('opportunity', { name: 'Deal' })
    const moved = await book.update('opportunity', id, { pipelineId: other.id })
    expect(moved?.stageId).toBe(other.stages.New)
  })

  it('asks for the fields that the stage requires', async () => {
    await book.update('stage', pipeline.stages.Proposal ?? '', {
      requiredFields: [{ field: 'amount' }],
    })
    const { id } = await book.create('opportunity', { name: 'Deal' })
    const stageId = pipeline.stages.Proposal
    await expect(book.update('opportunity', id, { stageId })).rejects.toMatchObject({
      errors: [{ path: 'amount' }],
    })
    const moved = await book.update('opportunity', id, { stageId, amount: 1 })
    expect(moved?.stageId).toBe(stageId)
  })

  it('wins, loses and reopens an opportunity with times, reasons and categories', async () => {
    const row = await book.create('opportunity', { name: 'Deal' })
    await book.write([await markWon(row, 'Best offer', book.context())])
    expect(book.row('opportunity', row.id)).toMatchObject({
      stageId: pipeline.stages.Won,
      wonAt: book.clock.now,
      wonReason: 'Best offer',
      probability: 100,
      forecastCategory: 'closed',
    })
    await book.write([await markOpportunityLost(row, 'Too dear', book.context())])
    expect(book.row('opportunity', row.id)).toMatchObject({
      wonAt: null,
      lostAt: book.clock.now,
      lostReason: 'Too dear',
      probability: 0,
      forecastCategory: 'omitted',
    })
    const open = await book.update('opportunity', row.id, { stageId: pipeline.stages.Proposal })
    expect(open).toMatchObject({
      lostAt: null,
      lostReason: null,
      probability: 50,
      forecastCategory: 'best_case',
    })
  })
})

describe('a lead', () => {
  it('called lost moves to the lost stage, and back when it is called open again', async () => {
    const lead = await book.create('lead', { name: 'Lead' })
    await book.write([markLeadLost(lead, 'No budget')])
    expect(book.row('lead', lead.id)).toMatchObject({
      status: 'lost',
      lostReason: 'No budget',
      stageId: pipeline.stages.Lost,
      lostAt: book.clock.now,
    })
    const again = await book.update('lead', lead.id, { status: 'contacted' })
    expect(again).toMatchObject({ stageId: pipeline.stages.New, lostAt: null, lostReason: null })
  })

  it('dragged to the lost stage is lost, dragged back it is contacted', async () => {
    const lead = await book.create('lead', { name: 'Lead' })
    const lost = await book.update('lead', lead.id, { stageId: pipeline.stages.Lost })
    expect(lost?.status).toBe('lost')
    const back = await book.update('lead', lead.id, { stageId: pipeline.stages.Proposal })
    expect(back).toMatchObject({ status: 'contacted', lostAt: null })
  })

  it('cannot be called converted without being converted', async () => {
    const lead = await book.create('lead', { name: 'Lead' })
    await expect(book.update('lead', lead.id, { status: 'converted' })).rejects.toMatchObject({
      errors: [{ path: 'status' }],
    })
  })
})

describe('a pipeline', () => {
  it('is the only default of its kind', async () => {
    const other = await book.create('pipeline', { name: 'Other', isDefault: true })
    expect(book.row('pipeline', pipeline.id)?.isDefault).toBe(false)
    expect(book.row('pipeline', other.id)?.isDefault).toBe(true)
    await expect(
      book.update('pipeline', other.id, { deletedAt: book.clock.now }),
    ).rejects.toMatchObject({ errors: [{ path: 'deletedAt' }] })
    await expect(book.update('pipeline', other.id, { active: false })).rejects.toMatchObject({
      errors: [{ path: 'active' }],
    })
  })

  it('goes with its stages, but not while records stand in it', async () => {
    const spare = await createTestPipeline(book, { name: 'Spare', isDefault: false })
    const { id } = await book.create('opportunity', { name: 'Deal', pipelineId: spare.id })
    await expect(
      book.update('pipeline', spare.id, { deletedAt: book.clock.now }),
    ).rejects.toMatchObject({ errors: [{ message: expect.stringContaining('1 opportunity') }] })
    await book.update('opportunity', id, { deletedAt: book.clock.now })
    await book.update('pipeline', spare.id, { deletedAt: book.clock.now })
    expect(book.row('stage', spare.stages.New)?.deletedAt).toBe(book.clock.now)
  })
})

describe('a stage', () => {
  it('is deleted only once its records have a new place', async () => {
    const deal = await book.create('opportunity', { name: 'Deal' })
    const lead = await book.create('lead', { name: 'Lead' })
    const stage = book.row('stage', pipeline.stages.New)
    if (!stage) throw new Error('no stage')
    await expect(
      book.update('stage', stage.id, { deletedAt: book.clock.now }),
    ).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('1 lead and 1 opportunity') }],
    })
    await expect(deleteStage(stage, null, book.context())).rejects.toMatchObject({
      errors: [{ path: 'toStageId' }],
    })
    const to = pipeline.stages.Proposal ?? ''
    await book.write(await deleteStage(stage, to, book.context()))
    expect(book.row('opportunity', deal.id)?.stageId).toBe(to)
    expect(book.row('lead', lead.id)?.stageId).toBe(to)
    expect(book.row('stage', stage.id)?.deletedAt).toBe(book.clock.now)
  })
})
