/**
 * What a quote comes to, exactly: integer minor units throughout, rounded half away from zero once a
 * line and once a tax rate. Discounts on the whole are taken off each tax rate's share before tax.
 */
import type { QuoteLine } from './quote'

/** What a line needs for its sum; what is missing counts as nothing. */
export type LineFigures = Pick<
  QuoteLine,
  'quantity' | 'unitPrice' | 'discountPercent' | 'taxPercent'
>

export type QuoteTotals = {
  /** Sum of the lines after their own discounts. */
  subtotal: number
  /** What the discount on the whole takes off. */
  discountTotal: number
  taxTotal: number
  total: number
  /** Tax by rate in percent, for the printed quote. */
  taxes: { percent: number; net: number; tax: number }[]
}

/** Quantities and percentages have four decimals at most. */
const scale = 10_000n

const scaled = (value: number | null): bigint => BigInt(Math.round((value ?? 0) * Number(scale)))

const divideRounded = (value: bigint, by: bigint): bigint => {
  const half = by / 2n
  return value < 0n ? -((-value + half) / by) : (value + half) / by
}

const hundred = 100n * scale

const netOf = (line: LineFigures): bigint => {
  const price = BigInt(line.unitPrice ?? 0)
  const kept = hundred - scaled(line.discountPercent)
  return divideRounded(scaled(line.quantity ?? 1) * price * kept, scale * hundred)
}

/** The sum of one line in minor units, after its discount, before tax. */
export const lineTotal = (line: LineFigures): number => Number(netOf(line))

/** All sums of a quote in minor units. */
export const quoteTotals = (
  lines: readonly LineFigures[],
  discountPercent: number | null,
): QuoteTotals => {
  const netByRate = new Map<number, bigint>()
  for (const line of lines) {
    const rate = line.taxPercent ?? 0
    netByRate.set(rate, (netByRate.get(rate) ?? 0n) + netOf(line))
  }
  const subtotal = [...netByRate.values()].reduce((sum, net) => sum + net, 0n)
  const taxes = [...netByRate]
    .sort(([a], [b]) => a - b)
    .map(([percent, gross]) => {
      const net = gross - divideRounded(gross * scaled(discountPercent), hundred)
      return { percent, net, tax: divideRounded(net * scaled(percent), hundred) }
    })
  const net = taxes.reduce((sum, part) => sum + part.net, 0n)
  const tax = taxes.reduce((sum, part) => sum + part.tax, 0n)
  return {
    subtotal: Number(subtotal),
    discountTotal: Number(subtotal - net),
    taxTotal: Number(tax),
    total: Number(net + tax),
    taxes: taxes
      .filter(({ percent }) => percent > 0)
      .map((part) => ({ percent: part.percent, net: Number(part.net), tax: Number(part.tax) })),
  }
}
