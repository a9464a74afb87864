/** What stands in the heads of a board's columns. */
import type { AggregateGroup } from '../../local/api'

export type Amount = { currency: string; amount: number; weighted: number }

/** Amounts stand in the order of their currencies, the workspace's first. */
export type ColumnTotal = { count: number; amounts: Amount[] }

/** Totals by stage from groups by stage and currency; records without a stage stand under ''. */
export const columnTotals = (
  groups: readonly AggregateGroup[],
  currency: string,
): Map<string, ColumnTotal> => {
  const totals = new Map<string, ColumnTotal>()
  for (const { keys, count, sums } of groups) {
    const [stageId, own] = keys
    const total = totals.get(stageId ?? '') ?? { count: 0, amounts: [] }
    totals.set(stageId ?? '', total)
    total.count += count
    if ((sums.amount ?? 0) === 0) continue
    const code = own ?? currency
    const known = total.amounts.find((one) => one.currency === code)
    const amount = known ?? { currency: code, amount: 0, weighted: 0 }
    if (!known) total.amounts.push(amount)
    amount.amount += sums.amount ?? 0
    amount.weighted += sums.weighted ?? 0
  }
  const rank = ({ currency: code }: Amount): string => (code === currency ? '' : code)
  for (const { amounts } of totals.values())
    amounts.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
  return totals
}
