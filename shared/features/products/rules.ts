import type { EntityRule } from '../../kernel/rules'

/** A price is called by its product and its list. */
export const priceRule: EntityRule = async ({ before, next, set }, { get, currency }) => {
  if (before && !('productId' in set) && !('priceListId' in set)) return {}
  const product = await get('product', String(next.productId))
  const list = await get('priceList', String(next.priceListId))
  const title = [product?.name, list?.name].filter(Boolean).join(' · ')
  return {
    set: {
      ...(title === '' || set.title ? {} : { title }),
      ...(next.currency ? {} : { currency: list?.currency ?? product?.currency ?? currency }),
    },
  }
}
