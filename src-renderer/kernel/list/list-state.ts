/** What a list shows, as it stands in the address: search, sort, filters. */
import { z } from 'zod'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { type ListCondition, type ListQuery, listOperators } from '../../local/api'

const conditionSchema = z.object({
  field: z.string(),
  operator: z.enum(listOperators),
  value: z.unknown().optional(),
})

/** The search parameters of a list's address; what cannot be read is left out. */
export const listSearchSchema = z.object({
  q: z.string().optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  filters: z.array(conditionSchema).optional().catch(undefined),
  group: z.string().optional().catch(undefined),
  view: z.string().optional().catch(undefined),
  /** How the records are shown, where the entity has more than the table. */
  layout: z.string().optional().catch(undefined),
})

export type ListSearch = z.infer<typeof listSearchSchema>

export type SortKey = { field: string; descending: boolean }

/** `-createdAt` to a sort key. */
export const parseSort = (text: string): SortKey => ({
  field: text.replace(/^-/, ''),
  descending: text.startsWith('-'),
})

export const formatSort = ({ field, descending }: SortKey): string =>
  descending ? `-${field}` : field

/** The sort after a click on a column's head: ascending, descending, ascending. */
export const nextSort = (current: SortKey, field: string): SortKey => ({
  field,
  descending: current.field === field ? !current.descending : false,
})

const isKnown = (entity: AnyEntity, field: string): boolean =>
  field === 'updatedAt' || fieldOf(entity, field) !== undefined

const withoutValue = new Set<ListCondition['operator']>(['isEmpty', 'isNotEmpty'])

/** A condition counts once it has a value. */
export const isComplete = ({ operator, value }: ListCondition): boolean =>
  withoutValue.has(operator) ||
  (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '')

/** The query behind an address. */
export const searchToQuery = (entity: AnyEntity, search: ListSearch): ListQuery => {
  const sort = parseSort(search.sort ?? entity.list.sort)
  const where = (search.filters ?? [])
    .filter((condition) => isKnown(entity, condition.field) && isComplete(condition))
    .map(({ field, operator, value }) => ({ field, operator, value }))
  const own = isKnown(entity, sort.field) ? sort : parseSort(entity.list.sort)
  const { group } = search
  const isGrouped = group !== undefined && isKnown(entity, group) && group !== own.field
  return {
    entity: entity.name,
    // Groups are neighbours in the list: what they share is what it is sorted by first.
    sort: [...(isGrouped ? [{ field: group, descending: false }] : []), own],
    ...(search.q ? { search: search.q } : {}),
    ...(where.length > 0 ? { where } : {}),
  }
}
