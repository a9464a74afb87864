import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Quota, quota as quotaEntity } from '../../../shared/features/quotas/quota'
import type { AnyRow } from '../../../shared/kernel/entity'
import { MoneyCell } from '../../kernel/editing/MoneyCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { useDelete } from '../../kernel/editing/use-delete'
import { useEdit } from '../../kernel/editing/use-edit'
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

/** One quota: whose, of what, for how long, how much. */
export const QuotaRow = ({ quota, users, pipelines, canEdit }: Props) => {
  const { t } = useTranslation('quotas')
  const session = useSession()
  const edit = useEdit('quota')
  const remove = useDelete('quota')
  const name = String(quota.name)
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
      <MoneyCell
        label={t('amountOf', { name })}
        value={quota.amount ?? 0}
        min={0}
        currency={quota.currency ?? session.currency}
        hasCode
        disabled={!canEdit}
        onSave={(amount) => edit(quota, { amount: amount ?? 0 })}
      />
      <ActionIcon
        aria-label={t('delete', { name })}
        disabled={!canEdit}
        onClick={() => remove(quota, t('deleted', { name }))}
      >
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </li>
  )
}
