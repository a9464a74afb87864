import { SegmentedControl, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../kernel/use-store'
import { DueList } from './DueList'
import classes from './dashboard.module.css'
import { Figures } from './Figures'
import { PipelineFunnel } from './PipelineFunnel'
import { periods } from './period'
import { RecentList } from './RecentList'
import { useDashboard } from './use-dashboard'

const greeting = (hour: number): 'morning' | 'afternoon' | 'evening' =>
  hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'

/** The day and the business at a glance, from local data. */
export const DashboardScreen = () => {
  const { t } = useTranslation('dashboard')
  const { userName } = useSession()
  const dashboard = useDashboard()
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Title order={1}>
          {t(greeting(new Date().getHours()), { name: userName.split(' ')[0] })}
        </Title>
        <div className={classes.switches}>
          <SegmentedControl
            aria-label={t('scope')}
            value={dashboard.scope}
            onChange={(scope) => dashboard.show({ scope: scope === 'all' ? 'all' : 'mine' })}
            data={[
              { value: 'mine', label: t('mine') },
              { value: 'all', label: t('everyone') },
            ]}
          />
          <SegmentedControl
            aria-label={t('period')}
            value={dashboard.period}
            onChange={(value) => {
              const period = periods.find((one) => one === value)
              if (period) dashboard.show({ period })
            }}
            data={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
          />
        </div>
      </header>
      <Figures dashboard={dashboard} />
      <div className={classes.columns}>
        <DueList dashboard={dashboard} />
        <div>
          <PipelineFunnel dashboard={dashboard} />
          <RecentList />
        </div>
      </div>
    </div>
  )
}
