/** Money is integer minor units plus an ISO 4217 currency; the exponent comes from CLDR by `Intl`. */

const exponents = new Map<string, number>()

/** How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD; 2 for an unknown code. */
export const currencyExponent = (currency: string): number => {
  const known = exponents.get(currency)
  if (known !== undefined) return known
  const found = readExponent(currency)
  exponents.set(currency, found)
  return found
}

const readExponent = (currency: string): number => {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    // A malformed code is refused by the currency field itself; two decimals keep the amount whole.
    return 2
  }
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether a text is the code of a currency of ISO 4217. */
export const isCurrency = (code: string): boolean => currencies.has(code)

/** Every currency code, in order. */
export const currencyCodes: readonly string[] = [...currencies]

/** Decimal major units to integer minor units, rounded half away from zero. */
export const majorToMinor = (major: number, currency: string): number => {
  const factor = 10 ** currencyExponent(currency)
  // The epsilon undoes binary noise such as 1.005 * 100 = 100.49999999999999.
  return Math.sign(major) * Math.round(Math.abs(major) * factor * (1 + Number.EPSILON))
}

/** Integer minor units to decimal major units. */
export const minorToMajor = (minor: number, currency: string): number =>
  minor / 10 ** currencyExponent(currency)

const amountFormats = new Map<string, Intl.NumberFormat>()

const amountFormat = (locale: string, currency: string): Intl.NumberFormat => {
  const key = `${locale} ${currency}`
  const known = amountFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency })
  amountFormats.set(key, made)
  return made
}

/** An amount for people, by locale. */
export const formatMoney = (minor: number, currency: string, locale: string): string =>
  amountFormat(locale, currency).format(minorToMajor(minor, currency))
