/** A store in memory for tests of rules: applies changes with all that follows from them. */
import type { AnyRow } from '../kernel/entity'
import {
  newRow,
  type RecordChange,
  type RuleContext,
  type Values,
  withConsequences,
} from '../kernel/rules'
import { entityNamed } from './index'
import { rules } from './rules'

export const createTestBook = (now = '2026-03-10T09:00:00.000Z') => {
  const rows = new Map<string, AnyRow>()
  const counter = { last: 0 }
  const clock = { now }
  const newId = (): string => {
    counter.last += 1
    return `00000000-0000-7000-8000-${String(counter.last).padStart(12, '0')}`
  }
  const context = (): RuleContext => ({
    now: clock.now,
    userId: 'me',
    currency: 'EUR',
    newId,
    get: async (entity, id) => rows.get(`${entity}/${id}`) ?? null,
    find: async (entity, field, value) =>
      [...rows]
        .filter(([key, row]) => key.startsWith(`${entity}/`) && row[field] === value)
        .map(([, row]) => row)
        .filter(({ deletedAt }) => deletedAt === null),
  })

  const write = async (changes: readonly RecordChange[]): Promise<RecordChange[]> => {
    const all = await withConsequences(changes, { rules, entityNamed, context: context() })
    for (const { entity, id, set = {} } of all) {
      const declared = entityNamed(entity)
      if (!declared) throw new Error(`there is no entity ${entity}`)
      const before = rows.get(`${entity}/${id}`)
      const created = { ...newRow(declared, id, set), createdAt: clock.now }
      rows.set(`${entity}/${id}`, before ? { ...before, ...set } : created)
    }
    return all
  }

  return {
    clock,
    context,
    write,
    create: async (entity: string, set: Values): Promise<AnyRow> => {
      const id = newId()
      await write([{ entity, id, create: true, set }])
      const row = rows.get(`${entity}/${id}`)
      if (!row) throw new Error('the record was not created')
      return row
    },
    update: async (entity: string, id: string, set: Values): Promise<AnyRow | undefined> => {
      await write([{ entity, id, set }])
      return rows.get(`${entity}/${id}`)
    },
    row: (entity: string, id: unknown): AnyRow | undefined => rows.get(`${entity}/${String(id)}`),
    all: (entity: string): AnyRow[] =>
      [...rows].filter(([key]) => key.startsWith(`${entity}/`)).map(([, row]) => row),
  }
}

export type TestBook = ReturnType<typeof createTestBook>

/** A pipeline with open, won and lost stages; answers their ids by name. */
export const createTestPipeline = async (
  book: TestBook,
  values: Values = {},
): Promise<{ id: string; stages: Record<string, string> }> => {
  const pipeline = await book.create('pipeline', { name: 'Sales', isDefault: true, ...values })
  const stages: Record<string, string> = {}
  const wanted = [
    { name: 'New', stageType: 'open', probability: 10 },
    { name: 'Proposal', stageType: 'open', probability: 50 },
    { name: 'Won', stageType: 'won', probability: 100 },
    { name: 'Lost', stageType: 'lost', probability: 0 },
  ]
  for (const [sequence, stage] of wanted.entries()) {
    const { id } = await book.create('stage', { ...stage, sequence, pipelineId: pipeline.id })
    stages[stage.name] = id
  }
  return { id: pipeline.id, stages }
}
