import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import { type FieldKind, isReadOnly } from '../../../shared/kernel/field'
import type { RecordSync } from '../../local/api'
import { FieldCell, isBlank } from '../fields/cells'
import { isStructured } from '../fields/editors'
import { FieldEditor } from '../fields/FieldEditor'
import { useEditing } from '../presence/PresenceProvider'
import { FieldPresence } from '../presence/PresenceStrip'
import { reasonFor, useCommit } from '../use-records'
import { useSession } from '../use-store'
import classes from './record.module.css'
import { StructuredEditor } from './StructuredEditor'

type Props = {
  entity: AnyEntity
  row: AnyRow
  name: string
  canEdit: boolean
  sync: RecordSync
}

/** Values that are links keep their click; a pencil beside them edits. */
const isLinked = (kind: FieldKind, value: unknown): boolean =>
  !isBlank(value) && (kind === 'email' || kind === 'phone' || kind === 'url' || kind === 'ref')

/** One value with its label, edited in place; a dot says that it is on this machine alone. */
export const FieldRow = ({ entity, row, name, canEdit, sync }: Props) => {
  const { t } = useTranslation('records')
  const { currency } = useSession()
  const commit = useCommit()
  const [editing, setEditing] = useState(false)
  const [saved, setSaved] = useState(false)
  useEditing(name, editing)
  const field = fieldOf(entity, name)
  if (!field) return null
  const own = field.currencyField ? row[field.currencyField] : undefined
  const unit = typeof own === 'string' && /^[A-Z]{3}$/.test(own) ? own : currency
  const save = async (value: unknown): Promise<string | null> => {
    const change = { entity: entity.name, id: row.id, set: { [name]: value } }
    const label = `${titleOf(entity, row)}: ${field.label}`
    const result = await commit([change], { label, isExplained: true })
    if (!result.ok) return reasonFor({ name, label: field.label }, result.refusal)
    setEditing(false)
    setSaved(true)
    return null
  }
  const readOnly = !canEdit || isReadOnly(field)
  return (
    <div className={classes.field}>
      <div className={classes.label} id={`label-${name}`}>
        {field.label}
        {sync.pendingFields.includes(name) ? (
          <span className={classes.dot} title={t('pending')} />
        ) : null}
        {sync.refusedFields.includes(name) ? (
          <span className={classes.dot} data-bad title={t('refused')} />
        ) : null}
        {sync.lostFields.includes(name) ? (
          <span className={classes.dot} data-bad title={t('lost')} />
        ) : null}
        <FieldPresence field={name} />
      </div>
      {editing && isStructured(field.kind) ? (
        <StructuredEditor
          field={field}
          value={row[name]}
          currency={unit}
          onSubmit={save}
          onCancel={() => setEditing(false)}
        />
      ) : editing ? (
        <FieldEditor
          field={field}
          value={row[name]}
          currency={unit}
          onSubmit={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <div className={classes.value} data-readonly={readOnly || undefined}>
          <FieldCell field={field} value={row[name]} row={row} currency={unit} mode="full" />
          {readOnly ? (
            isBlank(row[name]) ? (
              <span className={classes.quiet}>–</span>
            ) : null
          ) : (
            <button
              type="button"
              className={isLinked(field.kind, row[name]) ? classes.pencil : classes.edit}
              aria-label={t('edit', { field: field.label })}
              onClick={() => setEditing(true)}
            >
              {isBlank(row[name]) ? <span className={classes.quiet}>{t('addValue')}</span> : null}
              {isLinked(field.kind, row[name]) ? (
                <IconPencil size={14} stroke={1.5} aria-hidden />
              ) : null}
            </button>
          )}
          {saved ? (
            <IconCheck
              key={JSON.stringify(row[name])}
              size={14}
              className={classes.tick}
              aria-label={t('savedHere')}
            />
          ) : null}
        </div>
      )}
    </div>
  )
}
