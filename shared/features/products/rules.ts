import type { EntityRule, RecordChange, RuleContext } from '../../kernel/rules'

const noOtherDefault = async (
  id: string,
  currency: unknown,
  context: RuleContext,
): Promise<RecordChange[]> =>
  (await context.find('priceList', 'isDefault', true))
    .filter((other) => other.id !== id && (other.currency ?? context.currency) === currency)
    .map((other) => ({ entity: 'priceList', id: other.id, set: { isDefault: false } }))

/** A default list for each currency, and none in which numbers mean another currency than its own. */
export const priceListRule: EntityRule = async ({ id, before, next, set }, context) => {
  const currency = next.currency ?? context.currency
  if (next.isDefault === true && next.active === false)
    return {
      problems: [
        {
          path: set.active === false ? 'active' : 'isDefault',
          message: 'The default list has to be in use. Make another one the default first.',
        },
      ],
    }
  if (before && before.currency !== currency) {
    const prices = await context.find('price', 'priceListId', id)
    if (prices.length > 0)
      return {
        problems: [
          {
            path: 'currency',
            message: `The prices of this list are in ${before.currency}. Make another list for ${currency}.`,
          },
        ],
      }
  }
  return {
    set: next.currency === currency ? {} : { currency },
    also: next.isDefault === true ? await noOtherDefault(id, currency, context) : [],
  }
}

/** A price is called by its product and its list, and begins with what the product usually costs. */
export const priceRule: EntityRule = async ({ before, next, set }, context) => {
  if (before && !('productId' in set) && !('priceListId' in set)) return {}
  const product = await context.get('product', String(next.productId))
  const list = await context.get('priceList', String(next.priceListId))
  const title = [product?.name, list?.name].filter(Boolean).join(' · ')
  const usual = product?.currency ?? context.currency
  const currency = next.currency ?? list?.currency ?? usual
  const takesUsual = !before && next.unitPrice === null && currency === usual
  return {
    set: {
      ...(title === '' || set.title ? {} : { title }),
      ...(next.currency ? {} : { currency }),
      ...(takesUsual && product ? { unitPrice: product.unitPrice } : {}),
    },
  }
}
