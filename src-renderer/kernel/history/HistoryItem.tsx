import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import { isReadOnly } from '../../../shared/kernel/field'
import { formatInstant, formatWhen } from '../../ui/format'
import { FieldValue, ValueChange } from '../changes/ValueChange'
import { WhoWhen } from '../changes/WhoWhen'
import { isBlank } from '../fields/cells'
import { useNow } from '../use-now'
import { useCommit } from '../use-records'
import classes from './history.module.css'
import type { FieldChange, HistoryEntry } from './read-history'

type Props = { entity: AnyEntity; row: AnyRow; entry: HistoryEntry; canEdit: boolean }

const shownAtOnce = 6

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Whether a field can be set back to an older value: it is one that people set, and says another now. */
const canReturn = (entity: AnyEntity, row: AnyRow, { field, before }: FieldChange): boolean => {
  const declared = fieldOf(entity, field)
  if (!declared || isReadOnly(declared) || declared.kind === 'tags') return false
  const isNeeded = declared.required === true && isBlank(before)
  return !isNeeded && !isSame(row[field], before)
}

const ChangeLine = ({
  entity,
  row,
  change,
  canEdit,
}: Omit<Props, 'entry'> & { change: FieldChange }) => {
  const { t } = useTranslation('history')
  const commit = useCommit()
  const { field, before, after } = change
  const declared = fieldOf(entity, field)
  const label = declared?.label ?? field
  const restore = () =>
    void commit([{ entity: entity.name, id: row.id, set: { [field]: before } }], {
      label: t('restored', { field: label, name: titleOf(entity, row) }),
      toast: true,
    })
  // Tags stand here by name, as they were called then.
  const names = (value: unknown): string =>
    Array.isArray(value) && value.length > 0 ? value.join(', ') : t('none')
  return (
    <div className={classes.line}>
      <span className={classes.field}>{label}</span>
      {declared?.kind === 'tags' ? (
        <span>
          {names(before)} → {names(after)}
        </span>
      ) : (
        <ValueChange entity={entity} field={field} before={before} after={after} row={row} />
      )}
      {canEdit && canReturn(entity, row, change) ? (
        <ActionIcon
          className={classes.restore ?? ''}
          aria-label={t('restore', { field: label })}
          title={t('restore', { field: label })}
          onClick={restore}
        >
          <IconArrowBackUp size={14} stroke={1.5} />
        </ActionIcon>
      ) : null}
    </div>
  )
}

const FirstValues = ({ entity, row, entry }: Omit<Props, 'canEdit'>) => {
  const { t } = useTranslation('history')
  const [isOpen, setOpen] = useState(false)
  const said = entry.changes.filter(({ after }) => !isBlank(after))
  const shown = isOpen ? said : said.slice(0, shownAtOnce)
  return (
    <>
      {shown.map(({ field, after }) => (
        <div key={field} className={classes.line}>
          <span className={classes.field}>{fieldOf(entity, field)?.label}</span>
          {Array.isArray(after) && fieldOf(entity, field)?.kind === 'tags' ? (
            <span>{after.join(', ')}</span>
          ) : (
            <FieldValue entity={entity} field={field} value={after} row={row} />
          )}
        </div>
      ))}
      {said.length > shown.length ? (
        <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
          {t('moreFields', { count: said.length - shown.length })}
        </Button>
      ) : null}
    </>
  )
}

/** One change of a record. */
export const HistoryItem = ({ entity, row, entry, canEdit }: Props) => {
  const now = useNow()
  const { t } = useTranslation('history')
  const { action, via, by, at, changes } = entry
  const isPlain = action === 'updated'
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        {by === null ? (
          <>
            <span>{t('itself')}</span>
            <time className={classes.via} dateTime={at} title={formatInstant(at)}>
              {formatWhen(at, now)}
            </time>
          </>
        ) : (
          <WhoWhen by={by} at={at} />
        )}
        {isPlain ? null : <b>{t(`action.${action}`, { defaultValue: action })}</b>}
        {via === 'rest' || via === 'import' ? (
          <span className={classes.via}>{t(`via.${via}`)}</span>
        ) : null}
      </div>
      {action === 'created' ? (
        <FirstValues entity={entity} row={row} entry={entry} />
      ) : (
        changes.map((change) => (
          <ChangeLine
            key={change.field}
            entity={entity}
            row={row}
            change={change}
            canEdit={canEdit}
          />
        ))
      )}
    </li>
  )
}
