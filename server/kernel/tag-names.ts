/** Tags by name, as the REST API speaks of them. */
import { tag } from '../../shared/features/tags/tag'
import { idSchema, newId } from '../../shared/kernel/ids'
import type { FieldProblem } from '../../shared/kernel/refusal'
import type { EditInput, RecordReader, StoredRecord } from './ports'

type Deps = { reader: RecordReader; workspaceId: string }

const pageSize = 500

const allTags = async ({ reader, workspaceId }: Deps): Promise<StoredRecord[]> => {
  const found: StoredRecord[] = []
  const sort = [{ field: 'name', descending: false }]
  for (let offset = 0; ; offset += pageSize) {
    const query = { entity: tag, where: [], sort, limit: pageSize, offset }
    const page = await reader.list(workspaceId, query)
    found.push(...page.records)
    if (page.nextCursor === null) return found
  }
}

/** The names of those of the tags that are still there. */
export const tagNamesOf = async (
  { reader, workspaceId }: Deps,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const stored = await reader.getMany(workspaceId, tag.name, ids)
  return new Map(
    stored
      .filter(({ row }) => row.deletedAt === null)
      .map(({ id, row }) => [id, String(row.name)] as const),
  )
}

const keyOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

const addName = (byName: Map<string, string[]>, name: string, id: string): void => {
  byName.set(keyOf(name), [...(byName.get(keyOf(name)) ?? []), id])
}

const maxNameLength = 100

/** What became of a list of names: ids, edits that create what was missing, and what is no tag. */
export type ResolvedTags = { ids: string[]; created: EditInput[]; problems: FieldProblem[] }

export type TagResolver = ReturnType<typeof createTagResolver>

/**
 * Looks tags up by name (case does not matter) or id. One resolver serves one request, so that a
 * name that occurs in many records is created once.
 */
export const createTagResolver = (deps: Deps) => {
  const state: { known?: { ids: Set<string>; byName: Map<string, string[]> } } = {}

  const load = async () => {
    const tags = await allTags(deps)
    state.known = {
      ids: new Set(tags.map(({ id }) => id)),
      byName: new Map(),
    }
    for (const { id, row } of tags) addName(state.known.byName, String(row.name), id)
    return state.known
  }

  return {
    /** The ids behind names; people offline may have made one name twice, and some may not exist. */
    find: async (names: readonly string[]): Promise<string[]> => {
      const { ids, byName } = state.known ?? (await load())
      return names.flatMap((name) => (ids.has(name) ? name : (byName.get(keyOf(name)) ?? [])))
    },
    /** The ids behind names; names that do not exist come back as tags to create. */
    resolve: async (path: string, names: readonly unknown[]): Promise<ResolvedTags> => {
      const { ids, byName } = state.known ?? (await load())
      const result: ResolvedTags = { ids: [], created: [], problems: [] }
      names.forEach((name, index) => {
        const problem = problemOf(name, ids)
        if (problem || typeof name !== 'string') {
          result.problems.push({ path: `${path}.${index}`, message: problem ?? '' })
          return
        }
        const id = ids.has(name) ? name : (byName.get(keyOf(name))?.[0] ?? newId())
        if (!ids.has(id)) {
          ids.add(id)
          addName(byName, name, id)
          result.created.push({ entity: tag.name, id, s: { name: name.trim() }, mustBeNew: true })
        }
        result.ids.push(id)
      })
      return { ...result, ids: [...new Set(result.ids)] }
    },
  }
}

const problemOf = (name: unknown, ids: ReadonlySet<string>): string | undefined => {
  if (typeof name !== 'string') return 'must be the name or the id of a tag'
  if (idSchema.safeParse(name).success) return ids.has(name) ? undefined : 'there is no such tag'
  if (name.trim() === '') return 'must not be empty'
  return name.trim().length > maxNameLength
    ? `has more than ${maxNameLength} characters`
    : undefined
}
