/** The saved views of a list: one's own, and those that colleagues share. */
import { savedView } from '../../../shared/features/views/saved-view'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { useCommit, useRecords } from '../use-records'
import { useSession } from '../use-store'
import { formatDefinition, type ViewDefinition } from './view-definition'

const byPosition = (a: AnyRow, b: AnyRow): number =>
  Number(a.position ?? 0) - Number(b.position ?? 0) || (a.id < b.id ? -1 : 1)

/** Views that this person sees, of one entity or of all. */
export const useSavedViews = (entity?: AnyEntity): AnyRow[] => {
  const { userId } = useSession()
  const { rows } = useRecords({
    entity: savedView.name,
    ...(entity ? { where: [{ field: 'entityName', operator: 'eq', value: entity.name }] } : {}),
  })
  return rows
    .filter(({ ownerId, isShared }) => ownerId === userId || isShared === true)
    .sort(byPosition)
}

/** Keeping, changing and removing views; all of it can be undone. */
export const useViewActions = (entity: AnyEntity) => {
  const commit = useCommit()
  const change = (id: string, set: { [field: string]: unknown }, label: string, toast = false) =>
    commit([{ entity: savedView.name, id, set }], { label, toast })
  return {
    create: async (
      { name, isShared }: { name: string; isShared: boolean },
      definition: ViewDefinition,
    ): Promise<string | null> => {
      const id = newId()
      const set = {
        name,
        isShared,
        entityName: entity.name,
        definition: formatDefinition(definition),
        position: Math.floor(Date.now() / 1000) % 1_000_000,
      }
      const result = await commit([{ entity: savedView.name, id, create: true, set }], {
        label: name,
      })
      return result.ok ? id : null
    },
    save: (view: AnyRow, definition: ViewDefinition) =>
      change(view.id, { definition: formatDefinition(definition) }, String(view.name), true),
    rename: (view: AnyRow, name: string) => change(view.id, { name }, name),
    share: (view: AnyRow, isShared: boolean) => change(view.id, { isShared }, String(view.name)),
    remove: (view: AnyRow) =>
      change(view.id, { deletedAt: new Date().toISOString() }, String(view.name), true),
  }
}
