/** A board over REST: the stages of a pipeline with their records, counted and summed. */
import { z } from 'zod'
import { entities } from '../../shared/features/index'
import { defaultPipeline } from '../../shared/features/pipelines/choose'
import { stagesOf } from '../../shared/features/pipelines/staging'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { minorToMajor } from '../../shared/kernel/money'
import { Refusal } from '../../shared/kernel/refusal'
import type { RuleContext } from '../../shared/kernel/rules'
import { rowToWire } from '../../shared/kernel/wire'

/** Query parameters of a board. */
export const boardQuery = z.object({
  pipeline_id: z.string().optional(),
  page_size: z.coerce.number().int().min(1).max(500).default(50),
})

type BoardInput = {
  entity: AnyEntity
  /** The field of the money that a column sums. */
  amount: string
  query: z.infer<typeof boardQuery>
}

type BoardTools = {
  context: RuleContext
  currency: string
  toWire: (entity: AnyEntity, records: readonly { row: AnyRow }[]) => Promise<unknown[]>
}

const pipelineOf = async (
  context: RuleContext,
  entity: AnyEntity,
  id: string | undefined,
): Promise<AnyRow> => {
  if (id !== undefined) {
    const pipeline = await context.get('pipeline', id)
    if (pipeline && pipeline.deletedAt === null) return pipeline
    throw new Refusal('query.invalid', {
      detail: 'pipeline_id: there is no such pipeline',
      errors: [{ path: 'pipeline_id', message: 'there is no such pipeline' }],
    })
  }
  const active = await context.find('pipeline', 'active', true)
  const pipeline = defaultPipeline(active, entity.name)
  if (!pipeline)
    throw new Refusal('record.missing', { detail: 'There is no pipeline yet. Create one first.' })
  return pipeline
}

/** Weighted by probability; amounts of other currencies are listed apart. */
const sumsOf = (rows: readonly AnyRow[], amount: string, currency: string) => {
  const sums = new Map<string, { amount: number; weighted: number }>()
  for (const row of rows) {
    const code = typeof row.currency === 'string' ? row.currency : currency
    const sum = sums.get(code) ?? { amount: 0, weighted: 0 }
    const value = Number(row[amount] ?? 0)
    sum.amount += value
    sum.weighted += Math.round((value * Number(row.probability ?? 0)) / 100)
    sums.set(code, sum)
  }
  return [...sums].map(([code, sum]) => ({
    currency: code,
    amount: minorToMajor(sum.amount, code),
    weighted: minorToMajor(sum.weighted, code),
  }))
}

/** The board as the API shows it; each stage holds its newest records up to the page size. */
export const readBoard = async (
  { context, currency, toWire }: BoardTools,
  { entity, amount, query }: BoardInput,
) => {
  const pipeline = await pipelineOf(context, entity, query.pipeline_id)
  const stages = await stagesOf(context, pipeline.id)
  const naming = { currency, tagName: () => undefined }
  const columns = await Promise.all(
    stages.map(async (stage) => {
      const rows = await context.find(entity.name, 'stageId', stage.id)
      rows.sort((a, b) => (String(a.createdAt) < String(b.createdAt) ? 1 : -1))
      const shown = rows.slice(0, query.page_size).map((row) => ({ row }))
      return {
        ...rowToWire(entities.stage, stage, naming),
        count: rows.length,
        totals: sumsOf(rows, amount, currency),
        items: await toWire(entity, shown),
      }
    }),
  )
  return { pipeline: rowToWire(entities.pipeline, pipeline, naming), stages: columns }
}
