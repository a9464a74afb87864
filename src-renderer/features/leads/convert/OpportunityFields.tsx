import { Select, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { MoneyField } from '../../../kernel/fields/MoneyField'
import classes from './convert.module.css'

export type OpportunityValues = {
  name: string
  amount: number | null
  closeDate: string | null
  pipelineId: string | null
  stageId: string | null
}

type Props = {
  values: OpportunityValues
  onChange: (values: OpportunityValues) => void
  currency: string
  pipelines: readonly AnyRow[]
  stages: readonly AnyRow[]
}

const choicesOf = (rows: readonly AnyRow[]) =>
  rows.map(({ id, name }) => ({ value: id, label: String(name) }))

/** What the new opportunity begins with. */
export const OpportunityFields = ({ values, onChange, currency, pipelines, stages }: Props) => {
  const { t } = useTranslation('pipelines')
  const set = (change: Partial<OpportunityValues>) => onChange({ ...values, ...change })
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.wide ?? ''}
        label={t('convert.name')}
        required
        maxLength={500}
        error={values.name.trim() === '' ? t('convert.nameMissing') : null}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <MoneyField
        label={t('convert.amount')}
        size="xs"
        min={0}
        currency={currency}
        value={values.amount}
        onChange={(amount) => set({ amount })}
      />
      <DateInput
        label={t('convert.closeDate')}
        size="xs"
        clearable
        clearButtonProps={{ 'aria-label': t('convert.noDate') }}
        valueFormat="YYYY-MM-DD"
        value={values.closeDate}
        onChange={(closeDate) => set({ closeDate })}
      />
      <Select
        label={t('pipeline')}
        data={choicesOf(pipelines)}
        value={values.pipelineId}
        allowDeselect={false}
        onChange={(pipelineId) => set({ pipelineId, stageId: null })}
      />
      <Select
        label={t('convert.stage')}
        data={choicesOf(stages)}
        value={values.stageId}
        allowDeselect={false}
        onChange={(stageId) => set({ stageId })}
      />
    </div>
  )
}
