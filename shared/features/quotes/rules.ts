import { dayOf } from '../../kernel/day'
import type { AnyRow } from '../../kernel/entity'
import { allOf, type EntityRule, type RuleContext, type Values } from '../../kernel/rules'
import type { QuoteLine } from './quote'
import { quoteTotals } from './totals'

const linesOf = ({ lines }: AnyRow): QuoteLine[] => (Array.isArray(lines) ? lines : [])

/** What a product costs on the quote's list: the price for the greatest quantity that is reached. */
const listPrice = async (
  { productId, quantity }: QuoteLine,
  quote: AnyRow,
  context: RuleContext,
): Promise<number | null> => {
  if (typeof quote.priceListId !== 'string' || productId === null) return null
  const prices = await context.find('price', 'priceListId', quote.priceListId)
  const [best] = prices
    .filter((price) => price.productId === productId && isIn(price, quote.currency, context))
    .filter((price) => Number(price.minQuantity ?? 0) <= (quantity ?? 1))
    .sort((a, b) => Number(b.minQuantity ?? 0) - Number(a.minQuantity ?? 0))
  return typeof best?.unitPrice === 'number' ? best.unitPrice : null
}

/** A number means something else in another currency. */
const isIn = (row: AnyRow, currency: unknown, context: RuleContext): boolean =>
  (row.currency ?? context.currency) === (currency ?? context.currency)

/** A line with what its product says where the line itself says nothing. */
const completed = async (
  line: QuoteLine,
  quote: AnyRow,
  context: RuleContext,
): Promise<QuoteLine> => {
  if (line.productId === null) return line
  const product = await context.get('product', line.productId)
  if (!product) return line
  const usual = isIn(product, quote.currency, context) ? product.unitPrice : null
  const price = line.unitPrice ?? (await listPrice(line, quote, context)) ?? usual
  return {
    ...line,
    description: line.description ?? String(product.name),
    quantity: line.quantity ?? 1,
    unitPrice: typeof price === 'number' ? price : null,
    taxPercent:
      line.taxPercent ?? (typeof product.taxPercent === 'number' ? product.taxPercent : null),
  }
}

const defaultList = async (currency: unknown, context: RuleContext): Promise<string | null> => {
  const lists = await context.find('priceList', 'isDefault', true)
  const [list] = lists.filter((one) => one.active !== false && isIn(one, currency, context))
  return list?.id ?? null
}

const fromOpportunity = async (next: AnyRow, context: RuleContext): Promise<Values> => {
  const opportunity =
    typeof next.opportunityId === 'string'
      ? await context.get('opportunity', next.opportunityId)
      : null
  const currency = next.currency ?? opportunity?.currency ?? context.currency
  return {
    issuedOn: next.issuedOn ?? dayOf(context.now),
    currency,
    priceListId: next.priceListId ?? (await defaultList(currency, context)),
    accountId: next.accountId ?? opportunity?.accountId ?? null,
    contactId: next.contactId ?? opportunity?.contactId ?? null,
  }
}

const beginning: EntityRule = async ({ before, next }, context) =>
  before ? {} : { set: await fromOpportunity(next, context) }

const figures: EntityRule = async ({ before, next, set }, context) => {
  const touches = ['lines', 'discountPercent', 'priceListId'].some((name) => name in set)
  if (before && !touches) return {}
  const lines = await Promise.all(linesOf(next).map((line) => completed(line, next, context)))
  const percent = typeof next.discountPercent === 'number' ? next.discountPercent : null
  const { subtotal, discountTotal, taxTotal, total } = quoteTotals(lines, percent)
  return { set: { ...('lines' in set ? { lines } : {}), subtotal, discountTotal, taxTotal, total } }
}

const validity: EntityRule = async ({ next }) =>
  typeof next.validUntil === 'string' &&
  typeof next.issuedOn === 'string' &&
  next.validUntil < next.issuedOn
    ? { problems: [{ path: 'validUntil', message: 'must not lie before the date of the quote' }] }
    : {}

const frozen = ['lines', 'discountPercent', 'currency', 'priceListId', 'accountId', 'contactId']

/** What both sides agreed on stays as it was agreed. */
const agreed: EntityRule = async ({ before, next, set }) =>
  before?.status === 'accepted' &&
  next.status === 'accepted' &&
  frozen.some((name) => name in set && JSON.stringify(set[name]) !== JSON.stringify(before[name]))
    ? {
        problems: [
          { path: 'status', message: 'An accepted quote stays as it is. Revise it instead.' },
        ],
      }
    : {}

const timeOf = { sent: 'sentAt', accepted: 'acceptedAt', declined: 'declinedAt' } as const

const status: EntityRule = async ({ before, set }, { now }) => {
  if (set.status === before?.status) return {}
  const field = Object.entries(timeOf).find(([name]) => name === set.status)?.[1]
  return field && !(field in set) ? { set: { [field]: now } } : {}
}

export const quoteRule = allOf(agreed, beginning, figures, validity, status)
