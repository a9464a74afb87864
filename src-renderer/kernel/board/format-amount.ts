import { currencyExponent, formatMoney, minorToMajor } from '../../../shared/kernel/money'
import { locale } from '../../ui/format'

/** `€1.2M`: as much of an amount as fits the head of a column. */
export const formatAmountShort = (minor: number, currency: string): string => {
  const major = minorToMajor(minor, currency)
  if (Math.abs(major) < 10_000) return formatAmount(minor, currency)
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(major)
}

/** `€48,000`, with decimals only where there are any. */
export const formatAmount = (minor: number, currency: string): string =>
  minor % 10 ** currencyExponent(currency) === 0
    ? new Intl.NumberFormat(locale(), {
        style: 'currency',
        currency,
        maximumFractionDigits: 0,
      }).format(minorToMajor(minor, currency))
    : formatMoney(minor, currency, locale())
