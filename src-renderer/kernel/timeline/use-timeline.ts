/** Everything that happened around a record, from several kinds of records, newest first. */
import { activity } from '../../../shared/features/activities/activity'
import { stageChange } from '../../../shared/features/pipelines/stage-change'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import type { ListCondition, ListQuery } from '../../local/api'
import { relationsOf, timelineField } from '../record/related'
import { useRecordLists } from '../use-records'

/** Activities are told apart by their type; `stage` are moves, `record` what was added to it. */
export type TimelineItem = {
  kind: 'activity' | 'stage' | 'record'
  key: string
  at: string
  entity: AnyEntity
  row: AnyRow
}

type Source = Pick<TimelineItem, 'kind' | 'entity'> & { query: ListQuery }

const eq = (field: string, value: string): ListCondition => ({ field, operator: 'eq', value })

const newest = (field: string) => [{ field, descending: true }]

const activitiesOf = (target: AnyEntity, id: string, kind: string | null): Source[] => {
  const field = timelineField(target)
  if (field === undefined) return []
  const where = [eq(field, id), ...(kind === null ? [] : [eq('activityType', kind)])]
  return [
    {
      kind: 'activity',
      entity: activity,
      query: { entity: 'activity', where, sort: newest('dueDate') },
    },
  ]
}

/** The field by which moves from stage to stage point at records of this entity, if they do. */
export const stageField = (target: AnyEntity): string | undefined =>
  Object.entries(stageChange.fields).find(
    ([, { kind, target: other }]) => kind === 'ref' && other === target.name,
  )?.[0]

const movesOf = (target: AnyEntity, id: string): Source[] => {
  const field = fieldOf(target, 'stageId') ? stageField(target) : undefined
  if (field === undefined) return []
  const query = { entity: stageChange.name, where: [eq(field, id)], sort: newest('at') }
  return [{ kind: 'stage', entity: stageChange, query }]
}

const additionsTo = (target: AnyEntity, id: string): Source[] =>
  relationsOf(target)
    .filter(({ entity }) => entity.name !== 'activity' && !entity.isInternal)
    .map(({ entity, field }) => ({
      kind: 'record',
      entity,
      query: { entity: entity.name, where: [eq(field, id)], sort: newest('createdAt') },
    }))

const sourcesOf = (target: AnyEntity, id: string, kind: string | null): Source[] => {
  if (kind === 'stage') return movesOf(target, id)
  if (kind === 'record') return additionsTo(target, id)
  if (kind !== null) return activitiesOf(target, id, kind)
  return [...activitiesOf(target, id, null), ...movesOf(target, id), ...additionsTo(target, id)]
}

const timeOf = ({ kind }: Source, row: AnyRow): string => {
  if (kind === 'activity') return String(row.completedAt ?? row.dueDate ?? row.createdAt ?? '')
  return String((kind === 'stage' ? row.at : row.createdAt) ?? '')
}

/** The newest items of a kind, or of all; `total` counts those that there are. */
export const useTimeline = (
  { entity, row }: { entity: AnyEntity; row: AnyRow },
  kind: string | null,
  limit: number,
): { items: TimelineItem[]; total: number; isLoading: boolean } => {
  const sources = sourcesOf(entity, row.id, kind)
  const lists = useRecordLists(sources.map(({ query }) => ({ ...query, limit })))
  const items = sources.flatMap((source, index) =>
    (lists[index]?.rows ?? []).map((one) => ({
      kind: source.kind,
      key: `${source.entity.name}:${one.id}`,
      at: timeOf(source, one),
      entity: source.entity,
      row: one,
    })),
  )
  return {
    items: items.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, limit),
    total: lists.reduce((sum, { total }) => sum + total, 0),
    isLoading: lists.some(({ isLoading }) => isLoading),
  }
}
