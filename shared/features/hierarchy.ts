import type { EntityRule } from '../kernel/rules'

/** Refuses a chain of references that comes back to where it began: no one is above themselves. */
export const noCycle =
  (entity: string, field: string, message: string): EntityRule =>
  async ({ id, set }, { get }) => {
    // Circles further up, as merges of offline edits can make them, are not this change's fault.
    const seen = new Set<string>()
    let above = set[field]
    while (typeof above === 'string' && !seen.has(above)) {
      if (above === id) return { problems: [{ path: field, message }] }
      seen.add(above)
      above = (await get(entity, above))?.[field]
    }
    return {}
  }
