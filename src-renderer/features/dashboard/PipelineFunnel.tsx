import { Select, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serves } from '../../../shared/features/pipelines/choose'
import type { AnyRow } from '../../../shared/kernel/entity'
import { columnTotals } from '../../kernel/board/totals'
import { useAggregate, useRecords } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import type { ListCondition } from '../../local/api'
import { formatCount } from '../../ui/format'
import tones from '../../ui/tone.module.css'
import { allAmounts, shortAmount } from './amounts'
import classes from './dashboard.module.css'
import type { Dashboard } from './use-dashboard'

const byName = [{ field: 'name', descending: false }]
const inOrder = [{ field: 'sequence', descending: false }]

/** Pipelines that opportunities go through, and the one that is looked at. */
const usePipelines = () => {
  const { rows } = useRecords({ entity: 'pipeline', sort: byName, limit: 100 })
  const pipelines = rows.filter((row) => row.active !== false && serves(row, 'opportunity'))
  const [chosenId, choose] = useState<string | null>(null)
  const chosen =
    pipelines.find(({ id }) => id === chosenId) ??
    pipelines.find(({ isDefault }) => isDefault === true) ??
    pipelines[0]
  return { pipelines, chosen, choose }
}

type StageProps = { stage: AnyRow; largest: number; total: Total; filters: ListCondition[] }
type Total = { count: number; amounts: { currency: string; amount: number }[] }

const nothing: Total = { count: 0, amounts: [] }

const Stage = ({ stage, largest, total, filters }: StageProps) => {
  const { t } = useTranslation('dashboard')
  const { currency } = useSession()
  const amounts = total.amounts.map((one) => ({ currency: one.currency, minor: one.amount }))
  const [first = { currency, minor: 0 }, ...others] = amounts
  const share = largest > 0 ? (100 * first.minor) / largest : 0
  return (
    <Link
      to="/$plural"
      params={{ plural: 'opportunities' }}
      search={{ filters }}
      className={`${classes.stage} ${tones.tone}`}
      data-color={stage.color ?? 'gray'}
      title={allAmounts([first, ...others])}
    >
      <span className={classes.stageName}>{String(stage.name)}</span>
      <span className={classes.track}>
        <span className={classes.fill} style={{ width: `${share}%` }} />
      </span>
      <span className={classes.stageCount}>
        {formatCount(total.count)}
        <span className="visually-hidden"> {t('inStage', { count: total.count })}</span>
      </span>
      <span className={classes.stageAmount}>{shortAmount([first, ...others])}</span>
    </Link>
  )
}

/** How many opportunities stand in each open stage of a pipeline, and how much they are worth. */
export const PipelineFunnel = ({ dashboard }: { dashboard: Dashboard }) => {
  const { t } = useTranslation('dashboard')
  const { currency } = useSession()
  const { pipelines, chosen, choose } = usePipelines()
  const ofPipeline: ListCondition = { field: 'pipelineId', operator: 'eq', value: chosen?.id ?? '' }
  const isOn = { enabled: chosen !== undefined }
  const stages = useRecords(
    { entity: 'stage', where: [ofPipeline], sort: inOrder, limit: 100 },
    isOn,
  )
  const { groups } = useAggregate(
    {
      entity: 'opportunity',
      where: [ofPipeline, ...dashboard.owned],
      groupBy: [{ field: 'stageId' }, { field: 'currency' }],
      sums: [{ name: 'amount', field: 'amount' }],
    },
    isOn,
  )
  const totals = columnTotals(groups, currency)
  const open = stages.rows.filter(({ stageType }) => (stageType ?? 'open') === 'open')
  const largest = Math.max(0, ...open.map(({ id }) => totals.get(id)?.amounts[0]?.amount ?? 0))
  return (
    <section aria-label={t('funnel')}>
      <div className={classes.sectionHead}>
        <Title order={2} size="h3">
          {t('funnel')}
        </Title>
        {pipelines.length > 1 ? (
          <Select
            w={180}
            aria-label={t('pipeline')}
            data={pipelines.map(({ id, name }) => ({ value: id, label: String(name) }))}
            value={chosen?.id ?? null}
            allowDeselect={false}
            onChange={choose}
          />
        ) : null}
      </div>
      {open.map((stage) => (
        <Stage
          key={stage.id}
          stage={stage}
          largest={largest}
          total={totals.get(stage.id) ?? nothing}
          filters={[{ field: 'stageId', operator: 'in', value: [stage.id] }, ...dashboard.owned]}
        />
      ))}
      {open.length === 0 && !stages.isLoading ? (
        <Text size="sm" c="var(--text-quiet)">
          {t('noStages')}
        </Text>
      ) : null}
    </section>
  )
}
