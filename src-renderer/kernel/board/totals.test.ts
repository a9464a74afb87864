import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnTotals } from './totals'

const group = (stage: string | null, currency: string | null, count: number, amount: number) => ({
  keys: [stage, currency],
  count,
  sums: { amount, weighted: Math.round(amount / 2) },
})

it('sums a stage by currency, the workspace’s first, and takes amounts without one for its', () => {
  const totals = columnTotals(
    [group('a', 'USD', 1, 10), group('a', null, 2, 30), group('a', 'EUR', 1, 4)],
    'EUR',
  )
  expect(totals.get('a')).toEqual({
    count: 4,
    amounts: [
      { currency: 'EUR', amount: 34, weighted: 17 },
      { currency: 'USD', amount: 10, weighted: 5 },
    ],
  })
})

it('lists no currency in which there is nothing, and keeps records without a stage', () => {
  const totals = columnTotals([group(null, 'EUR', 3, 0)], 'EUR')
  expect(totals.get('')).toEqual({ count: 3, amounts: [] })
})

it('neither loses nor invents a cent or a record, in whatever order groups come', () => {
  const groups = fc.array(
    fc.tuple(
      fc.constantFrom('a', 'b', null),
      fc.constantFrom('EUR', 'USD', null),
      fc.nat(50),
      fc.nat(1_000_000),
    ),
  )
  fc.assert(
    fc.property(groups, (list) => {
      const all = list.map(([stage, currency, count, amount]) =>
        group(stage, currency, count, amount),
      )
      const totals = [...columnTotals(all, 'EUR').values()]
      const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
      expect(sum(totals.map(({ count }) => count))).toBe(sum(all.map(({ count }) => count)))
      expect(sum(totals.flatMap(({ amounts }) => amounts.map(({ amount }) => amount)))).toBe(
        sum(all.map(({ sums }) => sums.amount)),
      )
    }),
  )
})
