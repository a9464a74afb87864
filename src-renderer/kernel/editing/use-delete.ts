/** Deleting from settings. */
import type { AnyRow } from '../../../shared/kernel/entity'
import { useCommit } from '../use-records'

/** Deletes a record and offers to take that back. */
export const useDelete = (entity: string) => {
  const commit = useCommit()
  return ({ id }: AnyRow, label: string): void => {
    const set = { deletedAt: new Date().toISOString() }
    void commit([{ entity, id, set }], { label, toast: true })
  }
}
