import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newRow } from '../../kernel/rules'
import { entities } from '../index'
import { createTestBook, createTestPipeline } from '../test-rules'
import { daysInStage, isRotting } from './age'
import { defaultPipeline } from './choose'
import { deletePipeline } from './moves'
import { answersFor, missingAt, moveValues, questionsOf } from './questions'

const { lead, opportunity, stage, pipeline } = entities
const today = '2026-03-10'
const stageWith = (values: Record<string, unknown>) => newRow(stage, 'to', values)
const deal = (values: Record<string, unknown> = {}) => newRow(opportunity, 'deal', values)

describe('what a move asks for', () => {
  it('is nothing for an open stage that requires nothing', () => {
    expect(questionsOf(opportunity, stageWith({ stageType: 'open' }), deal())).toEqual([])
  })

  it('is the fields that the stage requires and the record leaves empty', () => {
    const requiredFields = [{ field: 'amount' }, { field: 'nextStep' }, { field: 'stakeholders' }]
    const to = stageWith({ stageType: 'open', requiredFields })
    expect(questionsOf(opportunity, to, deal({ amount: 5 }))).toEqual(['nextStep', 'stakeholders'])
  })

  it('leaves out fields that the entity does not have', () => {
    const to = stageWith({ requiredFields: [{ field: 'amount' }, { field: 'name' }] })
    expect(missingAt(lead, to, newRow(lead, 'lead', { name: 'Lead' }))).toEqual([])
  })

  it('is the reason of a loss, and amount, day and reason of a win', () => {
    expect(questionsOf(lead, stageWith({ stageType: 'lost' }), newRow(lead, 'l', {}))).toEqual([
      'lostReason',
    ])
    expect(questionsOf(opportunity, stageWith({ stageType: 'won' }), deal())).toEqual([
      'amount',
      'closeDate',
      'wonReason',
    ])
  })

  it('begins with what the record says, and with today for a win', () => {
    const row = deal({ amount: 700, closeDate: '2026-05-01' })
    const to = stageWith({ stageType: 'won' })
    expect(answersFor(['amount', 'closeDate'], { row, stage: to, today })).toEqual({
      amount: 700,
      closeDate: today,
    })
  })

  it('is exactly what the rules refuse a move for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(['amount', 'nextStep', 'closeDate', 'accountId', 'stakeholders']),
        fc.subarray(['amount', 'nextStep', 'closeDate']),
        async (required, given) => {
          const book = createTestBook()
          const { stages } = await createTestPipeline(book)
          const values = { amount: 1, nextStep: 'call', closeDate: today }
          const set = Object.fromEntries(Object.entries(values).filter(([n]) => given.includes(n)))
          const row = await book.create('opportunity', { name: 'Deal', ...set })
          const requiredFields = required.map((field) => ({ field }))
          const to = await book.update('stage', stages.Proposal ?? '', { requiredFields })
          const asked = to ? questionsOf(opportunity, to, row) : []
          const move = book.update('opportunity', row.id, { stageId: stages.Proposal })
          const refused = await move.then(
            () => [],
            ({ errors }) => errors.map(({ path }: { path: string }) => path),
          )
          expect(refused).toEqual(asked)
        },
      ),
    )
  })
})

describe('what a move sets', () => {
  it('is the stage and what was answered differently', () => {
    const row = deal({ amount: 700, nextStep: null })
    const answers = { amount: 700, nextStep: 'Call' }
    expect(moveValues(stageWith({}), { answers, row, today })).toEqual({
      stageId: 'to',
      nextStep: 'Call',
    })
  })

  it('remembers the day of a win that was another one than today', async () => {
    const book = createTestBook()
    const { stages } = await createTestPipeline(book)
    const row = await book.create('opportunity', { name: 'Deal' })
    const won = book.row('stage', stages.Won)
    const answers = { closeDate: '2026-03-02' }
    const set = won ? moveValues(won, { answers, row, today }) : {}
    expect(await book.update('opportunity', row.id, set)).toMatchObject({
      closeDate: '2026-03-02',
      wonAt: '2026-03-02T12:00:00.000Z',
      probability: 100,
    })
  })
})

describe('age in a stage', () => {
  const now = '2026-03-10T09:00:00.000Z'
  const since = (stageEnteredAt: string | null) => deal({ stageEnteredAt })

  it('counts whole days and is never negative', () => {
    expect(daysInStage(since('2026-03-08T10:00:00.000Z'), now)).toBe(1)
    expect(daysInStage(since('2026-03-11T10:00:00.000Z'), now)).toBe(0)
    expect(daysInStage(since(null), now)).toBeNull()
  })

  it('rots only in open stages and only after their days', () => {
    const open = stageWith({ stageType: 'open', rottingDays: 5 })
    expect(isRotting(since('2026-03-05T09:00:00.000Z'), open, now)).toBe(false)
    expect(isRotting(since('2026-03-04T09:00:00.000Z'), open, now)).toBe(true)
    const won = stageWith({ stageType: 'won', rottingDays: 5 })
    expect(isRotting(since('2026-01-04T09:00:00.000Z'), won, now)).toBe(false)
    expect(isRotting(since('2026-01-04T09:00:00.000Z'), undefined, now)).toBe(false)
  })
})

describe('the default pipeline', () => {
  it('is the entity’s own before the common one', () => {
    const common = newRow(pipeline, 'a', { isDefault: true })
    const own = newRow(pipeline, 'b', { isDefault: true, kind: 'lead' })
    expect(defaultPipeline([common, own], 'lead')).toBe(own)
    expect(defaultPipeline([own, common], 'opportunity')).toBe(common)
    expect(defaultPipeline([own], 'opportunity')).toBeUndefined()
  })
})

describe('deleting a pipeline', () => {
  it('moves its records and takes its stages along, in one step', async () => {
    const book = createTestBook()
    const first = await createTestPipeline(book)
    const second = await createTestPipeline(book, { name: 'Old', isDefault: false })
    const row = await book.create('opportunity', { name: 'Deal', pipelineId: second.id })
    const old = book.row('pipeline', second.id)
    if (!old) throw new Error('no pipeline')
    await expect(deletePipeline(old, null, book.context())).rejects.toMatchObject({
      errors: [{ path: 'toStageId' }],
    })
    await book.write(await deletePipeline(old, first.stages.Proposal ?? '', book.context()))
    expect(book.row('opportunity', row.id)).toMatchObject({
      pipelineId: first.id,
      stageId: first.stages.Proposal,
    })
    expect(book.row('pipeline', second.id)?.deletedAt).toBe(book.clock.now)
    expect(book.row('stage', second.stages.New)?.deletedAt).toBe(book.clock.now)
  })
})
