import { Button, Text } from '@mantine/core'
import { IconCoffee } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { PageHeader } from '../../kernel/PageHeader'
import { useNow } from '../../kernel/use-now'
import { useAway } from '../../kernel/use-records'
import { useStore } from '../../kernel/use-store'
import type { AwayReport } from '../../local/api'
import { EmptyState } from '../../ui/EmptyState'
import { formatWhen } from '../../ui/format'
import pages from '../app.module.css'
import { ChangedRecord } from './ChangedRecord'
import { LostEdit } from './LostEdit'
import classes from './sync.module.css'

type Changes = [AwayReport['changes'][number], ...AwayReport['changes']]

const byRecord = (changes: AwayReport['changes']): Changes[] => {
  const groups = new Map<string, Changes>()
  for (const change of changes) {
    const key = `${change.entity} ${change.recordId}`
    const group = groups.get(key)
    if (group) group.push(change)
    else groups.set(key, [change])
  }
  return [...groups.values()]
}

const Lost = ({ lost }: { lost: AwayReport['lost'] }) => {
  const { t } = useTranslation('sync')
  if (lost.length === 0) return null
  return (
    <section className={classes.section} aria-labelledby="away-lost">
      <h2 id="away-lost" className={classes.sectionTitle} data-warn>
        {t('away.lostTitle')}
      </h2>
      <Text size="sm" c="var(--text-quiet)">
        {t('away.lostText')}
      </Text>
      <ul className={classes.plain}>
        {lost.map((one) => {
          const entity = entityNamed(one.entity)
          return entity ? <LostEdit key={one.id} entity={entity} lost={one} /> : null
        })}
      </ul>
    </section>
  )
}

/** What happened while this laptop was offline: lost edits first, they wait for a decision. */
export const AwayScreen = () => {
  const now = useNow()
  const { t } = useTranslation('sync')
  const store = useStore()
  const report = useAway()
  if (!report) return null
  const { changes, lost, since } = report
  return (
    <div className={pages.page}>
      <PageHeader title={t('away.title')}>
        {changes.length > 0 ? (
          <Button
            variant="default"
            onClick={() => void store.dismissAway(changes.map(({ id }) => id))}
          >
            {t('away.seenAll')}
          </Button>
        ) : null}
      </PageHeader>
      {changes.length + lost.length === 0 ? (
        <EmptyState
          icon={<IconCoffee size={40} stroke={1.5} />}
          title={t('away.empty')}
          text={t('away.emptyText')}
        />
      ) : null}
      <Lost lost={lost} />
      {changes.length > 0 ? (
        <section className={classes.section} aria-labelledby="away-changes">
          <h2 id="away-changes" className={classes.sectionTitle}>
            {t('away.changesTitle')}
          </h2>
          {since ? (
            <Text size="sm" c="var(--text-quiet)">
              {t('away.since', { when: formatWhen(since, now) })}
            </Text>
          ) : null}
          <ul className={classes.plain}>
            {byRecord(changes).map((group) => {
              const entity = entityNamed(group[0].entity)
              return entity ? (
                <ChangedRecord key={group[0].id} entity={entity} changes={group} />
              ) : null
            })}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
