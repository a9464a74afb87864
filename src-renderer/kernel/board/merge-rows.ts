/** A column's rows while cards are on their way: those that leave are gone, those that come stand on top. */
import type { AnyRow } from '../../../shared/kernel/entity'

export type Rows = { total: number; rowAt: (index: number) => AnyRow | undefined }

/** `stored` as the store has it; `arriving` and `leaving` as the person has just moved them. */
export const mergeRows = (
  stored: Rows,
  { arriving, leaving }: { arriving: readonly AnyRow[]; leaving: ReadonlySet<string> },
): Rows => {
  if (arriving.length === 0 && leaving.size === 0) return stored
  const held = new Set<string>()
  const gone: number[] = []
  for (let index = 0; index < stored.total; index += 1) {
    const id = stored.rowAt(index)?.id
    if (id === undefined) continue
    if (leaving.has(id)) gone.push(index)
    else held.add(id)
  }
  const fresh = arriving.filter(({ id }) => !held.has(id))
  return {
    total: stored.total - gone.length + fresh.length,
    rowAt: (index) => {
      if (index < fresh.length) return fresh[index]
      let at = index - fresh.length
      for (const position of gone) if (position <= at) at += 1
      return stored.rowAt(at)
    },
  }
}
