import { Group, Select, Stack, Switch, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { priceList } from '../../../shared/features/products/product'
import type { AnyRow } from '../../../shared/kernel/entity'
import { currencyCodes } from '../../../shared/kernel/money'
import { DeleteButton } from '../../kernel/editing/DeleteButton'
import { DescriptionCell } from '../../kernel/editing/DescriptionCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { useDelete } from '../../kernel/editing/use-delete'
import { useEdit } from '../../kernel/editing/use-edit'
import { PriceTable } from './PriceTable'
import classes from './price-lists.module.css'

type Props = { list: AnyRow; canEdit: boolean }

/** One price list: its name, currency and prices. */
export const PriceListEditor = ({ list, canEdit }: Props) => {
  const { t } = useTranslation('priceLists')
  const edit = useEdit('priceList')
  const remove = useDelete('priceList')
  const name = String(list.name)
  const isDefault = list.isDefault === true
  return (
    <Stack gap="md">
      <div className={classes.form}>
        <TextCell
          label={t('name')}
          value={name}
          isRequired
          disabled={!canEdit}
          onSave={(text) => edit(list, { name: text })}
        />
        <Select
          aria-label={t('currency')}
          data={currencyCodes}
          searchable
          value={String(list.currency)}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(currency) => edit(list, { currency })}
        />
        <Switch
          label={t('default')}
          checked={isDefault}
          disabled={!canEdit || list.active === false}
          onChange={(event) => edit(list, { isDefault: event.currentTarget.checked })}
        />
        <Switch
          label={t('active')}
          checked={list.active === true}
          disabled={!canEdit || isDefault}
          onChange={(event) => edit(list, { active: event.currentTarget.checked })}
        />
      </div>
      {isDefault ? (
        <Text size="xs" c="var(--text-quiet)">
          {t('defaultText', { currency: list.currency })}
        </Text>
      ) : null}
      <DescriptionCell
        entity={priceList}
        row={list}
        placeholder={t('descriptionHint')}
        disabled={!canEdit}
      />
      <section>
        <Title order={3} size="h3" mb="xs">
          {t('prices')}
        </Title>
        <PriceTable list={list} canEdit={canEdit} />
      </section>
      {canEdit ? (
        <Group>
          <DeleteButton label={t('delete')} onDelete={() => remove(list, t('deleted', { name }))} />
        </Group>
      ) : null}
    </Stack>
  )
}
