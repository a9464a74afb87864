/** Sets as lists of elements. */
import type { SetChange } from '../../shared/crdt/patch'

export const elementsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : []

/** What a set holds after a change. */
export const elementsAfter = (value: unknown, { add = [], remove = [] }: SetChange): string[] => [
  ...new Set([...elementsOf(value).filter((element) => !remove.includes(element)), ...add]),
]
