import { ActionIcon, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Price } from '../../../shared/features/products/product'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { formatMoney } from '../../../shared/kernel/money'
import { MoneyCell } from '../../kernel/editing/MoneyCell'
import { NumberCell } from '../../kernel/editing/NumberCell'
import { useDelete } from '../../kernel/editing/use-delete'
import { useEdit } from '../../kernel/editing/use-edit'
import { RecordPicker } from '../../kernel/fields/RecordPicker'
import { recordName, useCommit, useRecords, useRecordsById } from '../../kernel/use-records'
import { locale } from '../../ui/format'
import classes from './price-lists.module.css'
import { nextQuantity, ordered } from './prices'

type Props = { list: AnyRow; canEdit: boolean }

const most = 1_000_000

const heads = ['product', 'from', 'price', 'usual'] as const

/** The products of a list, each with what it costs from which quantity on. */
export const PriceTable = ({ list, canEdit }: Props) => {
  const { t } = useTranslation('priceLists')
  const where = [{ field: 'priceListId', operator: 'eq' as const, value: list.id }]
  const { rows, isLoading } = useRecords({ entity: 'price', where, limit: 1000 })
  // Rows of an entity have its shape.
  const found = rows.map((row) => row as Price)
  const products = useRecordsById(
    'product',
    found.flatMap(({ productId }) => productId ?? []),
  )
  const prices = ordered(found, (id) => recordName('product', products.get(id)))
  if (isLoading) return null
  return (
    <>
      {prices.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)" mb="xs">
          {t('noPrices')}
        </Text>
      ) : (
        <>
          {/* Every input below says the same by its label. */}
          <div className={classes.heads} aria-hidden>
            {heads.map((head) => (
              <span key={head}>{t(`head.${head}`)}</span>
            ))}
          </div>
          <ul className={classes.prices} aria-label={t('prices')}>
            {prices.map((price) => (
              <PriceRow
                key={price.id}
                price={price}
                product={products.get(price.productId ?? '')}
                list={list}
                canEdit={canEdit}
              />
            ))}
          </ul>
        </>
      )}
      {canEdit ? <AddPrice list={list} prices={prices} /> : null}
    </>
  )
}

type RowProps = Props & { price: Price; product: AnyRow | undefined }

const PriceRow = ({ price, product, list, canEdit }: RowProps) => {
  const { t } = useTranslation('priceLists')
  const edit = useEdit('price')
  const remove = useDelete('price')
  const currency = price.currency ?? String(list.currency)
  const name = recordName('product', product)
  const usual = product?.unitPrice
  return (
    <li className={classes.price}>
      <span className={classes.product} dir="auto">
        {name}
      </span>
      <NumberCell
        label={t('fromOf', { name })}
        value={price.minQuantity ?? 1}
        min={0}
        max={most}
        decimals={4}
        suffix=""
        width="100%"
        disabled={!canEdit}
        onSave={(minQuantity) => edit(price, { minQuantity: minQuantity ?? 1 })}
      />
      <MoneyCell
        label={t('priceOf', { name, count: price.minQuantity ?? 1 })}
        value={price.unitPrice}
        min={0}
        currency={currency}
        hasCode
        disabled={!canEdit}
        onSave={(unitPrice) => edit(price, { unitPrice })}
      />
      <span className={classes.usual}>
        {typeof usual === 'number'
          ? formatMoney(usual, String(product?.currency ?? currency), locale())
          : ''}
      </span>
      <ActionIcon
        aria-label={t('deletePrice', { name, count: price.minQuantity ?? 1 })}
        disabled={!canEdit}
        onClick={() => remove(price, t('deletedPrice', { name }))}
      >
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </li>
  )
}

/** A product is chosen and stands in the list, at its usual price to begin with. */
const AddPrice = ({ list, prices }: { list: AnyRow; prices: readonly Price[] }) => {
  const { t } = useTranslation('priceLists')
  const commit = useCommit()
  const add = (productId: string | null) => {
    if (!productId) return
    const set = {
      priceListId: list.id,
      productId,
      currency: list.currency,
      minQuantity: nextQuantity(prices, productId),
    }
    void commit([{ entity: 'price', id: newId(), create: true, set }], { label: t('addedPrice') })
  }
  return (
    <div className={classes.add}>
      <RecordPicker
        target="product"
        value={null}
        label={t('addProduct')}
        placeholder={t('addProduct')}
        onChange={add}
      />
    </div>
  )
}
