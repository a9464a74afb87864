import { Button, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../shared/features/activities/activity'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { humanise } from '../../ui/format'
import type { RecordPartProps } from '../feature-view'
import { useMayEdit } from '../record/KeyFields'
import { timelineField } from '../record/related'
import { QuickLog } from './QuickLog'
import { CreatedEntry, TimelineEntry } from './TimelineEntry'
import classes from './timeline.module.css'
import { stageField, useTimeline } from './use-timeline'

const activityKinds = activity.fields.activityType?.options ?? []

const step = 50

/** What the timeline can be narrowed down to. */
const kindsOf = (entity: AnyEntity): string[] => [
  ...activityKinds,
  ...(fieldOf(entity, 'stageId') && stageField(entity) ? ['stage'] : []),
  'record',
]

/** Everything that happened around a record, newest first, and the way to log more. */
export const Timeline = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation('records')
  const [kind, setKind] = useState<string | null>(null)
  const [limit, setLimit] = useState(step)
  const field = timelineField(entity)
  const canEdit = useMayEdit(activity)
  const { items, total, isLoading } = useTimeline({ entity, row }, kind, limit)
  const isAll = total <= limit
  return (
    <div className={classes.timeline}>
      {field && canEdit && row.deletedAt === null ? <QuickLog field={field} id={row.id} /> : null}
      <Select
        w={180}
        aria-label={t('filterKind')}
        placeholder={t('allKinds')}
        data={kindsOf(entity).map((value) => ({
          value,
          label: activityKinds.includes(value) ? humanise(value) : t(`timelineKind.${value}`),
        }))}
        value={kind}
        onChange={setKind}
        clearable
      />
      <ul className={classes.entries} aria-label={t('timeline')}>
        {items.map((item) => (
          <TimelineEntry key={item.key} item={item} />
        ))}
        {kind === null && isAll && !isLoading ? <CreatedEntry row={row} /> : null}
      </ul>
      {kind !== null && total === 0 && !isLoading ? (
        <Text className={classes.quiet ?? ''} size="sm">
          {t('noActivity')}
        </Text>
      ) : null}
      {isAll ? null : (
        <Button variant="subtle" onClick={() => setLimit(limit + step)}>
          {t('showMore')}
        </Button>
      )}
    </div>
  )
}
