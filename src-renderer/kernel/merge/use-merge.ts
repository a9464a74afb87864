/** Merging records: what points at them is looked for on this machine, so that it works offline. */
import { useTranslation } from 'react-i18next'
import { entities } from '../../../shared/features/index'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { type Merge, mergeChanges, pointersTo } from '../../../shared/kernel/merging'
import type { ListCondition, LocalStore } from '../../local/api'
import { useCommit } from '../use-records'
import { useStore } from '../use-store'

/** Entities of which people make one twice. */
const mergeable: ReadonlySet<string> = new Set(['contact', 'account', 'lead', 'product'])

export const leastMerged = 2
export const mostMerged = 5

export const canMerge = (entity: AnyEntity, count: number): boolean =>
  mergeable.has(entity.name) && count >= leastMerged && count <= mostMerged

const mostRows = 100_000

/** Every record that may point at one of some records. */
const pointingAt = async (
  store: LocalStore,
  target: AnyEntity,
  ids: readonly string[],
): Promise<{ entity: AnyEntity; row: AnyRow }[]> => {
  const found = new Map<string, { entity: AnyEntity; row: AnyRow }>()
  for (const entity of Object.values<AnyEntity>(entities)) {
    if (entity.kind === 'server' || entity.kind === 'append') continue
    for (const field of pointersTo(entity, target.name)) {
      const isDirect = entity.fields[field]?.target === target.name
      const where: ListCondition = isDirect
        ? { field, operator: 'in', value: [...ids] }
        : { field, operator: 'isNotEmpty' }
      const { rows } = await store.list({ entity: entity.name, where: [where], limit: mostRows })
      for (const row of rows) found.set(row.id, { entity, row })
    }
  }
  return [...found.values()]
}

export const useMerge = () => {
  const { t } = useTranslation('merge')
  const store = useStore()
  const commit = useCommit()
  return async (merge: Merge): Promise<boolean> => {
    const { entity, kept, others } = merge
    const pointing = await pointingAt(
      store,
      entity,
      others.map(({ id }) => id),
    )
    const changes = mergeChanges(merge, pointing, new Date().toISOString())
    const label = t('done', { count: others.length + 1, name: titleOf(entity, kept) })
    return (await commit(changes, { label, toast: true })).ok
  }
}
