import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../shared/features/index'
import { PageHeader } from '../kernel/PageHeader'
import { useSyncIssues } from '../kernel/use-records'
import { EmptyState } from '../ui/EmptyState'
import classes from './app.module.css'
import { RefusedContent } from './sync/RefusedContent'
import { RefusedEdit } from './sync/RefusedEdit'
import lists from './sync/sync.module.css'

/** Edits and files that the server refused: why, and what can be done. */
export const SyncIssuesScreen = () => {
  const { t } = useTranslation('app')
  const issues = useSyncIssues()
  return (
    <div className={classes.page}>
      <PageHeader title={t('issues.title')} />
      {issues.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={40} stroke={1.5} />}
          title={t('issues.empty')}
          text={t('issues.emptyText')}
        />
      ) : (
        <ul className={lists.plain}>
          {issues.map((issue) => {
            if (issue.isContent) return <RefusedContent key={issue.id} issue={issue} />
            const entity = entityNamed(issue.entity)
            return entity ? <RefusedEdit key={issue.id} entity={entity} issue={issue} /> : null
          })}
        </ul>
      )}
    </div>
  )
}
