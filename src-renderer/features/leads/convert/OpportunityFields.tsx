import { NumberInput, Select, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { currencyExponent, majorToMinor, minorToMajor } from '../../../../shared/kernel/money'
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
      <NumberInput
        label={t('convert.amount')}
        size="xs"
        min={0}
        decimalScale={currencyExponent(currency)}
        thousandSeparator
        rightSection={<span>{currency}</span>}
        rightSectionWidth={44}
        value={values.amount === null ? '' : minorToMajor(values.amount, currency)}
        onChange={(value) =>
          set({ amount: typeof value === 'number' ? majorToMinor(value, currency) : null })
        }
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
