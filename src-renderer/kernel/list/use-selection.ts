/** Which records of a list are selected, by id; ranges and *all* are resolved by the store. */
import { useState } from 'react'
import type { ListQuery } from '../../local/api'
import { useStore } from '../use-store'

export type Selection = {
  ids: string[]
  size: number
  has: (id: string) => boolean
  isAll: (total: number) => boolean
  toggle: (id: string, index: number) => void
  /** Selects everything from the last one toggled to this one. */
  extendTo: (index: number) => Promise<void>
  toggleAll: () => Promise<void>
  clear: () => void
}

const everything = 1_000_000

export const useSelection = (query: ListQuery): Selection => {
  const store = useStore()
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState(0)
  const idsOf = async (offset: number, limit: number): Promise<string[]> =>
    (await store.list({ ...query, offset, limit })).rows.map(({ id }) => id)
  return {
    ids: [...ids],
    size: ids.size,
    has: (id) => ids.has(id),
    isAll: (total) => total > 0 && ids.size >= total,
    toggle: (id, index) => {
      const next = new Set(ids)
      if (!next.delete(id)) next.add(id)
      setIds(next)
      setAnchor(index)
    },
    extendTo: async (index) => {
      const from = Math.min(anchor, index)
      const added = await idsOf(from, Math.abs(index - anchor) + 1)
      setIds(new Set([...ids, ...added]))
    },
    toggleAll: async () => setIds(ids.size > 0 ? new Set() : new Set(await idsOf(0, everything))),
    clear: () => setIds(new Set()),
  }
}
