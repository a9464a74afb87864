import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { TextCell } from './TextCell'
import { useEdit } from './use-edit'

type Props = { entity: AnyEntity; row: AnyRow; placeholder: string; disabled: boolean }

/** What a record says about itself in some lines. */
export const DescriptionCell = ({ entity, row, placeholder, disabled }: Props) => {
  const edit = useEdit(entity.name)
  return (
    <TextCell
      label={entity.fields.description?.label ?? ''}
      placeholder={placeholder}
      value={String(row.description ?? '')}
      isLong
      disabled={disabled}
      onSave={(text) => edit(row, { description: text || null })}
    />
  )
}
