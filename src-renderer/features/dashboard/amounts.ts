/** Amounts by currency: they are never added up across currencies. */
import { formatAmount, formatAmountShort } from '../../kernel/board/format-amount'
import type { AggregateGroup } from '../../local/api'

export type Amount = { currency: string; minor: number }

/** Sums of groups by currency; the workspace's own stands first, also where there is nothing in it. */
export const amountsOf = (
  groups: readonly AggregateGroup[],
  sum: string,
  currency: string,
): [Amount, ...Amount[]] => {
  const sums = new Map<string, number>()
  for (const { keys, sums: own } of groups) {
    const code = keys.at(-1) ?? currency
    sums.set(code, (sums.get(code) ?? 0) + (own[sum] ?? 0))
  }
  const others = [...sums]
    .filter(([code, minor]) => code !== currency && minor !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, minor]) => ({ currency: code, minor }))
  return [{ currency, minor: sums.get(currency) ?? 0 }, ...others]
}

export const countOf = (groups: readonly AggregateGroup[]): number =>
  groups.reduce((total, { count }) => total + count, 0)

/** The largest part of the truth that fits: the first amount, short. */
export const shortAmount = ([first, ...others]: readonly [Amount, ...Amount[]]): string => {
  const shown = first.minor === 0 ? (others[0] ?? first) : first
  return formatAmountShort(shown.minor, shown.currency)
}

/** Every amount, exactly. */
export const allAmounts = (amounts: readonly Amount[]): string =>
  amounts
    .filter(({ minor }, index) => minor !== 0 || index === 0)
    .map(({ minor, currency }) => formatAmount(minor, currency))
    .join(' + ')
