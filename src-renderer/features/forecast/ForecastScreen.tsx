import { SegmentedControl, Select, Title } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { serves } from '../../../shared/features/pipelines/choose'
import { CopyNote } from '../../kernel/copy/CopyNote'
import { PageHeader } from '../../kernel/PageHeader'
import { ScopeSwitch } from '../../kernel/ScopeSwitch'
import { useRecords } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { EmptyState } from '../../ui/EmptyState'
import { ForecastChart } from './ForecastChart'
import { ForecastTable } from './ForecastTable'
import classes from './forecast.module.css'
import { OwnerTable } from './OwnerTable'
import { type ForecastSearch, spans, useForecast, useForecastSearch } from './use-forecast'

type SwitchProps = { search: ForecastSearch; show: (change: Partial<ForecastSearch>) => void }

const Switches = ({ search, show }: SwitchProps) => {
  const { t } = useTranslation('forecast')
  const { rows } = useRecords({
    entity: 'pipeline',
    sort: [{ field: 'name', descending: false }],
    limit: 100,
  })
  const pipelines = rows.filter((row) => serves(row, 'opportunity'))
  return (
    <>
      <Select
        w={180}
        aria-label={t('pipeline')}
        placeholder={t('allPipelines')}
        data={pipelines.map(({ id, name }) => ({ value: id, label: String(name) }))}
        value={search.pipeline ?? null}
        clearable
        onChange={(pipeline) => show({ pipeline: pipeline ?? undefined })}
      />
      <SegmentedControl
        aria-label={t('span')}
        value={search.months}
        onChange={(value) => {
          const months = spans.find((one) => one === value)
          if (months) show({ months })
        }}
        data={spans.map((value) => ({ value, label: t('months', { count: Number(value) }) }))}
      />
      <ScopeSwitch label={t('scope')} scope={search.scope} onScope={(scope) => show({ scope })} />
    </>
  )
}

/** What is likely to come in, month by month, against the quotas. */
export const ForecastScreen = () => {
  const { t } = useTranslation('forecast')
  const { currency } = useSession()
  const { search, show } = useForecastSearch()
  const { parts, quotaOf, narrowed, isLoading } = useForecast(search)
  const isEmpty = !isLoading && parts.every(({ total }) => total.count === 0)
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')}>
        <Switches search={search} show={show} />
      </PageHeader>
      <CopyNote />
      <div className={classes.body}>
        {isEmpty ? (
          <EmptyState
            icon={<IconChartBar size={40} stroke={1.2} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
          />
        ) : null}
        {isEmpty || isLoading
          ? null
          : parts.map((part) => {
              const isOwn = part.currency === currency
              return (
                <section key={part.currency} aria-label={t('tableOf', { currency: part.currency })}>
                  {parts.length > 1 ? (
                    <Title order={2} size="h3" my="sm">
                      {part.currency}
                    </Title>
                  ) : null}
                  <ForecastChart part={part} quotaOf={isOwn ? quotaOf : () => 0} />
                  <ForecastTable
                    part={part}
                    quotaOf={isOwn ? quotaOf : undefined}
                    narrowed={narrowed}
                  />
                  {search.scope === 'all' ? (
                    <>
                      <Title order={2} size="h3" mt="xl" mb="xs">
                        {t('byOwner')}
                      </Title>
                      <OwnerTable part={part} />
                    </>
                  ) : null}
                </section>
              )
            })}
      </div>
    </div>
  )
}
