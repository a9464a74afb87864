import { Portal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import { FieldEditor } from '../fields/FieldEditor'
import { reasonFor, useCommit } from '../use-records'
import { useSession } from '../use-store'
import classes from './list.module.css'

type Props = {
  entity: AnyEntity
  row: AnyRow
  cell: { index: number; field: string }
  onDone: () => void
}

/** Edits one cell of a table, over the cell. */
export const CellEditor = ({ entity, row, cell, onDone }: Props) => {
  const { currency } = useSession()
  const commit = useCommit()
  const field = fieldOf(entity, cell.field)
  const [box, setBox] = useState<DOMRect | null>(null)
  useEffect(() => {
    const element = document.querySelector(`[data-cell="${cell.index}-${cell.field}"]`)
    setBox(element?.getBoundingClientRect() ?? null)
  }, [cell])
  if (!field || !box) return null
  return (
    <Portal>
      <div
        className={classes.editing}
        style={{ left: box.left, top: box.top, width: Math.max(220, box.width), position: 'fixed' }}
      >
        <FieldEditor
          field={field}
          value={row[cell.field]}
          currency={currency}
          onCancel={onDone}
          onSubmit={async (value) => {
            const change = { entity: entity.name, id: row.id, set: { [cell.field]: value } }
            const label = `${titleOf(entity, row)}: ${field.label}`
            const result = await commit([change], { label, isExplained: true })
            if (!result.ok)
              return reasonFor({ name: cell.field, label: field.label }, result.refusal)
            onDone()
            return null
          }}
        />
      </div>
    </Portal>
  )
}
