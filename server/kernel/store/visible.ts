/** Reading on somebody's behalf: what they may not see is not there. */
import { entityNamed } from '../../../shared/features/index'
import { isInSight, type Sight, sightOf, type Viewer } from '../../../shared/kernel/access'
import type { RecordReader, StoredRecord } from '../ports'

/** The reader as a viewer has it. */
export const visibleTo = (reader: RecordReader, viewer: Viewer): RecordReader => {
  const sights = new Map<string, Sight | undefined>()
  const sightFor = (name: string): Sight | undefined => {
    const entity = entityNamed(name)
    if (!sights.has(name)) sights.set(name, entity && sightOf(viewer, 'read', entity))
    return sights.get(name)
  }
  const isVisible = ({ entity, row }: StoredRecord): boolean => {
    const sight = sightFor(entity)
    return sight !== undefined && isInSight(sight, row)
  }
  return {
    get: async (workspaceId, entity, id) => {
      const stored = await reader.get(workspaceId, entity, id)
      return stored && isVisible(stored) ? stored : undefined
    },
    getMany: async (workspaceId, entity, ids) =>
      (await reader.getMany(workspaceId, entity, ids)).filter(isVisible),
    walk: async (workspaceId, entity, position) =>
      (await reader.walk(workspaceId, entity, position)).filter(isVisible),
    list: async (workspaceId, query) => {
      const sight = sightFor(query.entity.name)
      if (!sight) return { records: [], total: 0, nextCursor: null }
      return reader.list(workspaceId, { ...query, sight })
    },
  }
}
