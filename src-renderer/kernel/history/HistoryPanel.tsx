import { Alert, Button, Loader, Select, Text } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldOf, shownFields } from '../../../shared/kernel/entity'
import { FieldValue } from '../changes/ValueChange'
import { WhoWhen } from '../changes/WhoWhen'
import type { RecordPartProps } from '../feature-view'
import { useMayEdit } from '../record/KeyFields'
import { HistoryItem } from './HistoryItem'
import classes from './history.module.css'
import type { HistoryEntry } from './read-history'
import { useHistory, useLastWords } from './use-history'

/** Without the server: who changed each field last, as far as this machine knows. */
const LastWords = ({ entity, row, field }: RecordPartProps & { field: string | null }) => {
  const { t } = useTranslation('history')
  const words = useLastWords(entity, row).filter((word) => !field || word.field === field)
  return (
    <>
      <Alert icon={<IconCloudOff size={16} stroke={1.5} />} variant="light" role="note" mb="sm">
        {t('offline')}
      </Alert>
      <ul className={classes.entries} aria-label={t('lastWords')}>
        {words.map((word) => (
          <li key={word.field} className={classes.entry}>
            <WhoWhen by={word.by} at={word.at} />
            <div className={classes.line}>
              <span className={classes.field}>{fieldOf(entity, word.field)?.label}</span>
              <FieldValue entity={entity} field={word.field} value={row[word.field]} row={row} />
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

const onlyField = (entries: readonly HistoryEntry[], field: string | null): HistoryEntry[] =>
  field === null
    ? [...entries]
    : entries
        .map((entry) => ({
          ...entry,
          changes: entry.changes.filter((change) => change.field === field),
        }))
        .filter(({ changes }) => changes.length > 0)

/** What happened to a record: every change with who, when, before and after; values can be set back. */
export const HistoryPanel = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation('history')
  const [field, setField] = useState<string | null>(null)
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
  const history = useHistory(entity, row)
  const entries = onlyField(
    (history.data?.pages ?? []).flatMap((page) => page.entries),
    field,
  )
  return (
    <section className={classes.panel}>
      <Select
        w={220}
        mb="sm"
        aria-label={t('field')}
        placeholder={t('allFields')}
        data={shownFields(entity).map(([value, { label }]) => ({ value, label }))}
        value={field}
        searchable
        clearable
        onChange={setField}
      />
      {history.isError ? <LastWords entity={entity} row={row} field={field} /> : null}
      {history.isPending ? <Loader size="sm" aria-label={t('loading')} /> : null}
      <ol className={classes.entries} aria-label={t('title')}>
        {entries.map((entry) => (
          <HistoryItem key={entry.id} entity={entity} row={row} entry={entry} canEdit={canEdit} />
        ))}
      </ol>
      {history.isSuccess && entries.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          {t(field === null ? 'notYet' : 'neverChanged')}
        </Text>
      ) : null}
      {history.hasNextPage ? (
        <Button
          variant="subtle"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('older')}
        </Button>
      ) : null}
    </section>
  )
}
