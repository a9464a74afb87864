import { CompositeChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import { useTranslation } from 'react-i18next'
import type { Forecast } from '../../../shared/features/opportunities/forecast'
import { minorToMajor } from '../../../shared/kernel/money'
import { formatAmountShort } from '../../kernel/board/format-amount'
import { formatMonth } from '../../ui/format'
import classes from './forecast.module.css'

type Props = { part: Forecast; quotaOf: (month: string) => number }

/** Won and weighted by month, against the quota. The table below says the same in figures. */
export const ForecastChart = ({ part, quotaOf }: Props) => {
  const { t } = useTranslation('forecast')
  const { currency, months } = part
  const major = (minor: number): number => minorToMajor(minor, currency)
  const minorPerMajor = 1 / minorToMajor(1, currency)
  const data = months.map(({ month, won, weighted }) => ({
    month: formatMonth(month),
    [t('won')]: major(won),
    [t('weightedOpen')]: major(weighted - won),
    [t('quota')]: major(quotaOf(month)),
  }))
  return (
    <div className={classes.chart} aria-hidden>
      <CompositeChart
        h={260}
        data={data}
        dataKey="month"
        withLegend
        withDots
        valueFormatter={(value) => formatAmountShort(Math.round(value * minorPerMajor), currency)}
        series={[
          { name: t('won'), color: 'teal.7', type: 'bar' },
          { name: t('weightedOpen'), color: 'blue.5', type: 'bar' },
          { name: t('quota'), color: 'orange.7', type: 'line' },
        ]}
        curveType="linear"
        maxBarWidth={36}
        // What is won and what may still come stand on each other: together they meet the quota.
        barProps={{ stackId: 'month' }}
        // Nothing inside takes the focus: the table is where one reads by keyboard.
        composedChartProps={{ accessibilityLayer: false }}
      />
    </div>
  )
}
