/** Writing pipelines and stages from the settings. */

import { entityNamed } from '../../../shared/features/index'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { Values } from '../../../shared/kernel/rules'
import { useCommit } from '../../kernel/use-records'

/** Saves values of a pipeline or a stage under its own name. */
export const useEdit = (entity: 'pipeline' | 'stage') => {
  const commit = useCommit()
  return (row: AnyRow, set: Values): void => {
    const declared = entityNamed(entity)
    const label = declared ? titleOf(declared, row) : entity
    void commit([{ entity, id: row.id, set }], { label })
  }
}
