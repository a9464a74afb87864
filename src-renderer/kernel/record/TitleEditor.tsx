import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { reasonFor, useCommit } from '../use-records'
import classes from './record.module.css'

type Props = { entity: AnyEntity; row: AnyRow; onDone: () => void }

/** Edits what names a record. It stays until the name is stored, and with the reason where it is not. */
export const TitleEditor = ({ entity, row, onDone }: Props) => {
  const commit = useCommit()
  const isSaving = useRef(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [values, setValues] = useState(() =>
    Object.fromEntries(entity.titleFields.map((name) => [name, String(row[name] ?? '')])),
  )
  const save = async () => {
    if (isSaving.current) return
    const set = Object.fromEntries(
      entity.titleFields
        .filter((name) => (values[name] ?? '').trim() !== String(row[name] ?? ''))
        .map((name) => [name, values[name]?.trim() || null]),
    )
    if (Object.keys(set).length === 0) return onDone()
    isSaving.current = true
    const change = { entity: entity.name, id: row.id, set }
    const label = titleOf(entity, row)
    const result = await commit([change], { label, isExplained: true })
    isSaving.current = false
    if (result.ok) return onDone()
    const [name = ''] = Object.keys(set)
    setProblem(reasonFor({ name, label: entity.fields[name]?.label ?? name }, result.refusal))
  }
  return (
    <form
      className={classes.titleForm}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void save()
      }}
    >
      {entity.titleFields.map((name, index) => (
        <TextInput
          key={name}
          size="sm"
          aria-label={entity.fields[name]?.label}
          placeholder={entity.fields[name]?.label}
          autoFocus={index === 0}
          value={values[name] ?? ''}
          error={index === 0 ? problem : problem !== null}
          onChange={(event) => {
            setValues({ ...values, [name]: event.currentTarget.value })
            setProblem(null)
          }}
        />
      ))}
      <button type="submit" className="visually-hidden" tabIndex={-1}>
        ✓
      </button>
    </form>
  )
}
