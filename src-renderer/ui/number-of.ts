/**
 * The number that was typed: null for nothing, undefined for what is none yet, such as a lone minus.
 * Inputs give a text instead of a number for what would look otherwise as one: `12.`, `12.50`.
 */
export const numberOf = (typed: number | string): number | null | undefined => {
  if (typed === '') return null
  const number = Number(typed)
  return Number.isFinite(number) ? number : undefined
}
