/** How many records stand in each stage of all pipelines. */
import { useAggregate } from '../../kernel/use-records'

export type Standing = { leads: number; opportunities: number }

const byStage = [{ field: 'stageId' }]

export const useStanding = (): ((stageIds: readonly string[]) => Standing) => {
  const leads = useAggregate({ entity: 'lead', groupBy: byStage }).groups
  const opportunities = useAggregate({ entity: 'opportunity', groupBy: byStage }).groups
  const sum = (groups: typeof leads, ids: readonly string[]): number =>
    groups
      .filter(({ keys }) => ids.includes(keys[0] ?? ''))
      .reduce((total, { count }) => total + count, 0)
  return (ids) => ({ leads: sum(leads, ids), opportunities: sum(opportunities, ids) })
}
