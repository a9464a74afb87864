/** The groups of a list, and which of them are closed. */
import { useState } from 'react'
import { type AnyEntity, fieldOf, shownFields } from '../../../shared/kernel/entity'
import type { FieldKind } from '../../../shared/kernel/field'
import type { ListQuery } from '../../local/api'
import { useAggregate } from '../use-records'
import { groupedLayout, type Layout, plainLayout, type RowGroup } from './grouping'

const groupable = new Set<FieldKind>(['choice', 'ref', 'flag', 'day', 'instant', 'currency'])

/** The fields by which a list can be grouped. */
export const groupChoices = (entity: AnyEntity): { name: string; label: string }[] =>
  [...shownFields(entity), ['createdAt', { kind: 'instant', label: 'Created' }] as const]
    .filter(([, { kind }]) => groupable.has(kind))
    .map(([name, { label }]) => ({ name, label }))

/** The money whose sum stands in the heads; none where the rows may have different currencies. */
const summedField = (entity: AnyEntity): string | undefined =>
  Object.entries(entity.fields).find(([, { kind }]) => kind === 'money')?.[0]

export type Groups = {
  layout: Layout
  field: string | undefined
  toggle: (group: RowGroup) => void
}

/** `total` is the number of rows while there are no groups. */
export const useGroups = (
  entity: AnyEntity,
  { query, field, total }: { query: ListQuery; field: string | undefined; total: number },
): Groups => {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const kind = field === undefined ? undefined : fieldOf(entity, field)?.kind
  const money = summedField(entity)
  const currencyField = money === undefined ? undefined : entity.fields[money]?.currencyField
  const { sort, where, search } = query
  const { groups } = useAggregate(
    {
      entity: entity.name,
      groupBy: [
        { field: field ?? 'id', by: kind === 'day' || kind === 'instant' ? 'month' : 'value' },
        ...(currencyField ? [{ field: currencyField }] : []),
      ],
      ...(money ? { sums: [{ name: 'sum', field: money }] } : {}),
      ...(sort ? { sort } : {}),
      ...(where ? { where } : {}),
      ...(search ? { search } : {}),
    },
    { enabled: field !== undefined },
  )
  const layout = field === undefined ? plainLayout(total) : groupedLayout(merged(groups), closed)
  return {
    layout,
    field,
    toggle: ({ key }) => {
      const next = new Set(closed)
      if (!next.delete(key ?? '')) next.add(key ?? '')
      setClosed(next)
    },
  }
}

type Found = ReturnType<typeof useAggregate>['groups']

/** One group a key; a sum over several currencies would be no sum and is left out. */
const merged = (found: Found): RowGroup[] => {
  const groups = new Map<string | null, RowGroup & { currencies: Set<string | null> }>()
  for (const { keys, count, sums } of found) {
    const [key = null, currency = null] = keys
    const known = groups.get(key)
    const group = known ?? { key, count: 0, sum: 0, currencies: new Set() }
    if (!known) groups.set(key, group)
    group.count += count
    group.sum = (group.sum ?? 0) + (sums.sum ?? 0)
    if ((sums.sum ?? 0) !== 0) group.currencies.add(currency)
  }
  return [...groups.values()].map(({ key, count, sum, currencies }) => ({
    key,
    count,
    sum: currencies.size > 1 ? null : sum,
  }))
}
