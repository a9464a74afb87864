import { ActionIcon, NumberInput, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Quota, quota as quotaEntity } from '../../../shared/features/quotas/quota'
import type { AnyRow } from '../../../shared/kernel/entity'
import { currencyExponent, majorToMinor, minorToMajor } from '../../../shared/kernel/money'
import { TextCell } from '../../kernel/editing/TextCell'
import { useEdit } from '../../kernel/editing/use-edit'
import { useCommit } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { humanise } from '../../ui/format'
import classes from './quotas.module.css'

type Props = {
  quota: Quota
  users: readonly AnyRow[]
  pipelines: readonly AnyRow[]
  canEdit: boolean
}

const periods = quotaEntity.fields.period?.options ?? []

const choicesOf = (rows: readonly AnyRow[]) =>
  rows.map(({ id, name }) => ({ value: id, label: String(name) }))

/** An amount that is saved when it is left. */
const AmountCell = ({ quota, canEdit }: Pick<Props, 'quota' | 'canEdit'>) => {
  const { t } = useTranslation('quotas')
  const session = useSession()
  const edit = useEdit('quota')
  const currency = quota.currency ?? session.currency
  const stored = minorToMajor(quota.amount ?? 0, currency)
  const [draft, setDraft] = useState<number | string>(stored)
  useEffect(() => setDraft(stored), [stored])
  return (
    <NumberInput
      aria-label={t('amountOf', { name: quota.name })}
      min={0}
      decimalScale={currencyExponent(currency)}
      thousandSeparator
      hideControls
      rightSection={<span className={classes.unit}>{currency}</span>}
      rightSectionWidth={44}
      disabled={!canEdit}
      value={draft}
      onChange={setDraft}
      onBlur={() => {
        if (typeof draft !== 'number') return setDraft(stored)
        if (draft !== stored) edit(quota, { amount: majorToMinor(draft, currency) })
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}

/** One quota: whose, of what, for how long, how much. */
export const QuotaRow = ({ quota, users, pipelines, canEdit }: Props) => {
  const { t } = useTranslation('quotas')
  const edit = useEdit('quota')
  const commit = useCommit()
  const name = String(quota.name)
  const remove = () => {
    const set = { deletedAt: new Date().toISOString() }
    void commit([{ entity: 'quota', id: quota.id, set }], {
      label: t('deleted', { name }),
      toast: true,
    })
  }
  return (
    <li className={classes.row}>
      <TextCell
        label={t('nameOf')}
        value={name}
        isRequired
        disabled={!canEdit}
        onSave={(text) => edit(quota, { name: text })}
      />
      <Select
        aria-label={t('whoOf', { name })}
        placeholder={t('everybody')}
        data={choicesOf(users)}
        value={quota.userId}
        searchable
        clearable
        disabled={!canEdit}
        onChange={(userId) => edit(quota, { userId })}
      />
      <Select
        aria-label={t('pipelineOf', { name })}
        placeholder={t('allPipelines')}
        data={choicesOf(pipelines)}
        value={quota.pipelineId}
        clearable
        disabled={!canEdit}
        onChange={(pipelineId) => edit(quota, { pipelineId })}
      />
      <Select
        aria-label={t('periodOf', { name })}
        data={periods.map((value) => ({ value, label: humanise(value) }))}
        value={quota.period}
        allowDeselect={false}
        disabled={!canEdit}
        onChange={(period) => edit(quota, { period })}
      />
      <TextInput
        type="date"
        aria-label={t('startsOf', { name })}
        value={quota.startOn ?? ''}
        disabled={!canEdit}
        onChange={(event) => {
          if (event.currentTarget.value) edit(quota, { startOn: event.currentTarget.value })
        }}
      />
      <AmountCell quota={quota} canEdit={canEdit} />
      <ActionIcon aria-label={t('delete', { name })} disabled={!canEdit} onClick={remove}>
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </li>
  )
}
