import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Quota, quota } from '../../../shared/features/quotas/quota'
import { newId } from '../../../shared/kernel/ids'
import { useMayEdit } from '../../kernel/record/KeyFields'
import { useCommit, useRecords } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { QuotaRow } from './QuotaRow'
import classes from './quotas.module.css'

const newest = [
  { field: 'startOn', descending: true },
  { field: 'name', descending: false },
]

const firstOfMonth = (): string => {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-01`
}

const heads = ['name', 'who', 'pipeline', 'period', 'starts', 'amount'] as const

/** What everybody shall win, period by period. */
export const QuotaSettings = () => {
  const { t } = useTranslation('quotas')
  const commit = useCommit()
  const { currency } = useSession()
  const canEdit = useMayEdit(quota)
  const { rows, total, isLoading } = useRecords({ entity: 'quota', sort: newest, limit: 200 })
  const users = useRecords({
    entity: 'user',
    sort: [{ field: 'name', descending: false }],
    limit: 500,
  })
  const pipelines = useRecords({
    entity: 'pipeline',
    sort: [{ field: 'name', descending: false }],
    limit: 100,
  })
  const add = () => {
    const [last] = rows
    const set = {
      name: t('newQuota'),
      period: 'month',
      startOn: firstOfMonth(),
      amount: typeof last?.amount === 'number' ? last.amount : 0,
      currency,
    }
    void commit([{ entity: 'quota', id: newId(), create: true, set }], {
      label: t('added'),
      toast: true,
    })
  }
  if (isLoading) return null
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={860}>
        {t(rows.length === 0 ? 'empty' : 'text')}
      </Text>
      {rows.length > 0 ? (
        <>
          {/* Every input below says the same by its label. */}
          <div className={classes.heads} aria-hidden>
            {heads.map((head) => (
              <span key={head}>{t(`head.${head}`)}</span>
            ))}
          </div>
          <ul className={classes.list} aria-label={t('title')}>
            {rows.map((row) => (
              <QuotaRow
                key={row.id}
                // Rows of an entity have its shape.
                quota={row as Quota}
                users={users.rows}
                pipelines={pipelines.rows}
                canEdit={canEdit}
              />
            ))}
          </ul>
        </>
      ) : null}
      {total > rows.length ? (
        <Text size="sm" c="var(--text-quiet)" mb="sm">
          {t('older', { count: total - rows.length })}
        </Text>
      ) : null}
      {canEdit ? (
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('add')}
        </Button>
      ) : null}
    </>
  )
}
