/** What a conversion does with each of its parts, as the dialog holds it. */
import type { Likely } from '../../../kernel/create/use-likely'

export type Part =
  | { kind: 'new' }
  | { kind: 'none' }
  /** `id` is null until a record has been picked. */
  | { kind: 'existing'; id: string | null }

/** A person with the same address or number is the same person; one with the same name may be. */
export const suggestContact = (likely: readonly Likely[]): Part => {
  const sure = likely.find(({ reasons }) => reasons.includes('email') || reasons.includes('phone'))
  return sure ? { kind: 'existing', id: sure.row.id } : { kind: 'new' }
}

/** The account of the chosen contact, one that is like the lead's company, or a new one. */
export const suggestAccount = (
  likely: readonly Likely[],
  { contactAccountId, company }: { contactAccountId: unknown; company: unknown },
): Part => {
  if (typeof contactAccountId === 'string') return { kind: 'existing', id: contactAccountId }
  const sure = likely.find(
    ({ reasons }) => reasons.includes('company') || reasons.includes('domain'),
  )
  if (sure) return { kind: 'existing', id: sure.row.id }
  return company ? { kind: 'new' } : { kind: 'none' }
}

/** Whether a part can be converted as it stands. */
export const isSettled = (part: Part): boolean => part.kind !== 'existing' || part.id !== null

/** A contact or an account as conversion takes it. */
export const toConversion = (part: Part): { id: string } | 'new' | 'none' => {
  if (part.kind !== 'existing') return part.kind
  return part.id === null ? 'none' : { id: part.id }
}
