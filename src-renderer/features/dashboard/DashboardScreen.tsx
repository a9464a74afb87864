import { SegmentedControl, Title } from '@mantine/core'
import { useIsFetching } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entities } from '../../../shared/features/index'
import { CopyNote } from '../../kernel/copy/CopyNote'
import { ScopeSwitch } from '../../kernel/ScopeSwitch'
import { useAccess } from '../../kernel/use-access'
import { useNow } from '../../kernel/use-now'
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
  const now = useNow()
  const { t } = useTranslation('dashboard')
  const { userName } = useSession()
  const dashboard = useDashboard()
  const { may } = useAccess()
  const isReading = useIsFetching() > 0
  return (
    <div className={classes.page} aria-busy={isReading}>
      <header className={classes.head}>
        <Title order={1}>
          {t(greeting(new Date(now).getHours()), { name: userName.split(' ')[0] })}
        </Title>
        <div className={classes.switches}>
          <ScopeSwitch
            label={t('scope')}
            scope={dashboard.scope}
            onScope={(scope) => dashboard.show({ scope })}
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
      <CopyNote />
      <Figures dashboard={dashboard} />
      <div className={classes.columns}>
        <DueList dashboard={dashboard} />
        <div>
          {may('read', entities.opportunity) ? <PipelineFunnel dashboard={dashboard} /> : null}
          <RecentList />
        </div>
      </div>
    </div>
  )
}
