/** Records on this machine that are likely the same person or company, the most alike first. */
import { useQueries } from '@tanstack/react-query'
import {
  type Likeness,
  likenesses,
  likenessOf,
  probesOf,
  type Somebody,
} from '../../../shared/features/likeness/likeness'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ListQuery } from '../../local/api'
import { recordKeys, useStore } from '../use-store'

export type Likely = { entity: string; row: AnyRow; reasons: Likeness[] }

const closeness = ({ reasons }: Likely): number =>
  reasons.reduce((sum, reason) => sum + 2 ** (likenesses.length - likenesses.indexOf(reason)), 0)

/** `targets` are the entities to look through. */
export const useLikely = (who: Somebody, targets: readonly string[]): Likely[] => {
  const store = useStore()
  const probes = targets.flatMap((entity) =>
    probesOf(entity, who).map(({ field, text }) => ({ entity, field, text })),
  )
  const results = useQueries({
    queries: probes.map(({ entity, field, text }) => {
      const query: ListQuery = {
        entity,
        where: [{ field, operator: 'contains', value: text }],
        limit: 20,
      }
      return {
        queryKey: [...recordKeys.entity(entity), 'likely', query],
        queryFn: () => store.list(query),
      }
    }),
  })
  const found = new Map<string, Likely>()
  for (const [index, { entity }] of probes.entries())
    for (const row of results[index]?.data?.rows ?? []) {
      const reasons = likenessOf(entity, who, row)
      if (reasons.length > 0) found.set(row.id, { entity, row, reasons })
    }
  return [...found.values()].sort((a, b) => closeness(b) - closeness(a))
}
