import { useTranslation } from 'react-i18next'
import { priceList } from '../../../shared/features/products/product'
import type { AnyRow } from '../../../shared/kernel/entity'
import { MasterDetail } from '../../kernel/editing/MasterDetail'
import { useSession } from '../../kernel/use-store'
import { Pill } from '../../ui/Pill'
import { PriceListEditor } from './PriceListEditor'

const Badges = ({ list }: { list: AnyRow }) => {
  const { t } = useTranslation('priceLists')
  return (
    <>
      <Pill color="blue">{String(list.currency)}</Pill>
      {list.isDefault === true ? <Pill color="green">{t('default')}</Pill> : null}
      {list.active === false ? <Pill color="gray">{t('inactive')}</Pill> : null}
    </>
  )
}

/** What products cost for whom: each list with its prices. */
export const PriceListSettings = () => {
  const { t } = useTranslation('priceLists')
  const { currency } = useSession()
  return (
    <MasterDetail
      entity={priceList}
      badgesOf={(list) => <Badges list={list} />}
      text={{ none: t('none'), add: t('add'), added: t('added') }}
      begin={(rows) => ({
        name: t('newList'),
        currency,
        active: true,
        isDefault: rows.length === 0,
      })}
    >
      {(list, canEdit) => <PriceListEditor list={list} canEdit={canEdit} />}
    </MasterDetail>
  )
}
