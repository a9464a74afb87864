/** Writing single values from settings. */
import { entityNamed } from '../../../shared/features/index'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { Values } from '../../../shared/kernel/rules'
import { useCommit } from '../use-records'

/** Saves values of a record under its own name, so that undo says what it takes back. */
export const useEdit = (entity: string) => {
  const commit = useCommit()
  return (row: AnyRow, set: Values): void => {
    const declared = entityNamed(entity)
    const label = declared ? titleOf(declared, row) : entity
    void commit([{ entity, id: row.id, set }], { label })
  }
}
