import { defineEntity, type Row } from '../../kernel/entity'
import {
  choice,
  currency,
  decimal,
  flag,
  longText,
  money,
  ref,
  tags,
  text,
} from '../../kernel/field'

export const product = defineEntity({
  name: 'product',
  plural: 'products',
  label: 'Product',
  labelPlural: 'Products',
  icon: 'package',
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    sku: text('SKU', { search: true, index: true }),
    productType: choice('Type', ['goods', 'service', 'subscription']),
    unitPrice: money('Unit price', { min: 0, currencyField: 'currency' }),
    currency: currency('Currency'),
    unit: text('Unit', { hint: 'piece, hour, seat' }),
    taxPercent: decimal('Tax', { min: 0, max: 100, unit: '%' }),
    active: flag('Active', { default: true }),
    tags: tags('Tags'),
    description: longText('Description'),
  },
  list: {
    columns: ['name', 'sku', 'productType', 'unitPrice', 'unit', 'taxPercent', 'active'],
    sort: 'name',
    filters: ['active', 'productType', 'tags'],
  },
  quickCreate: ['name', 'sku', 'unitPrice', 'currency', 'unit', 'taxPercent'],
})

export const priceList = defineEntity({
  name: 'priceList',
  plural: 'price-lists',
  label: 'Price list',
  labelPlural: 'Price lists',
  icon: 'list-details',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    currency: currency('Currency'),
    active: flag('Active', { default: true }),
    isDefault: flag('Default'),
    description: longText('Description'),
  },
  list: { columns: ['name', 'currency', 'isDefault', 'active'], sort: 'name', filters: ['active'] },
  quickCreate: ['name', 'currency', 'description'],
})

/** What a product costs on a price list, from a quantity on. */
export const price = defineEntity({
  name: 'price',
  plural: 'prices',
  label: 'Price',
  labelPlural: 'Prices',
  icon: 'tag',
  isInternal: true,
  isReference: true,
  titleFields: ['title'],
  fields: {
    title: text('Title', { search: true, index: true, hint: 'Made from product and list' }),
    priceListId: ref('Price list', 'priceList', { required: true, index: true }),
    productId: ref('Product', 'product', { required: true, index: true }),
    unitPrice: money('Unit price', { min: 0, currencyField: 'currency' }),
    currency: currency('Currency'),
    minQuantity: decimal('From quantity', { min: 0, default: 1 }),
  },
  list: {
    columns: ['title', 'priceListId', 'productId', 'unitPrice', 'minQuantity'],
    sort: 'title',
    filters: ['priceListId', 'productId'],
  },
  quickCreate: ['priceListId', 'productId', 'unitPrice', 'currency', 'minQuantity'],
})

export type Product = Row<typeof product>
export type PriceList = Row<typeof priceList>
export type Price = Row<typeof price>
