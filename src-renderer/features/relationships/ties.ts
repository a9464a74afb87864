/** Ties between people and companies, told from either end. */
import type { relationshipTypes } from '../../../shared/features/relationships/relationship'
import type { AnyRow } from '../../../shared/kernel/entity'

export type TieType = (typeof relationshipTypes)[number]

export type End = { entity: 'contact' | 'account'; id: string }

type Kind = {
  from: readonly End['entity'][]
  to: readonly End['entity'][]
  /** Reads the same from both ends. */
  isMutual?: boolean
}

const anybody = ['contact', 'account'] as const

/** Which ends make sense for each type; a company reports to nobody. */
export const tieKinds: { readonly [type in TieType]: Kind } = {
  reports_to: { from: ['contact'], to: ['contact'] },
  works_at: { from: ['contact'], to: ['account'] },
  key_contact: { from: ['contact'], to: ['account'] },
  colleague: { from: ['contact'], to: ['contact'], isMutual: true },
  partner_of: { from: anybody, to: anybody, isMutual: true },
  supplier_of: { from: anybody, to: anybody },
  subsidiary_of: { from: ['account'], to: ['account'] },
  competitor_of: { from: ['account'], to: ['account'], isMutual: true },
  other: { from: anybody, to: anybody, isMutual: true },
}

const isTieType = (value: unknown): value is TieType =>
  typeof value === 'string' && value in tieKinds

export const tieTypeOf = (row: AnyRow): TieType =>
  isTieType(row.relationshipType) ? row.relationshipType : 'other'

const endOf = (contactId: unknown, accountId: unknown): End | null => {
  if (typeof contactId === 'string') return { entity: 'contact', id: contactId }
  return typeof accountId === 'string' ? { entity: 'account', id: accountId } : null
}

/** Both ends of a tie in its direction; null where one is missing. */
export const endsOf = (row: AnyRow): { from: End; to: End } | null => {
  const one = endOf(row.contactId, row.accountId)
  const other = endOf(row.relatedContactId, row.relatedAccountId)
  if (one && other) return { from: one, to: other }
  // A contact and an account on the first side are a tie as well: the person's with the company.
  if (typeof row.contactId === 'string' && typeof row.accountId === 'string')
    return {
      from: { entity: 'contact', id: row.contactId },
      to: { entity: 'account', id: row.accountId },
    }
  return null
}

/** The fields that hold a tie from one end to the other. */
export const fieldsOfEnds = (from: End, to: End): { [field: string]: string | null } => ({
  contactId: from.entity === 'contact' ? from.id : null,
  accountId: from.entity === 'account' ? from.id : null,
  relatedContactId: to.entity === 'contact' ? to.id : null,
  relatedAccountId: to.entity === 'account' ? to.id : null,
})

export type Phrase = { type: TieType; isReversed: boolean }

/** Key of the words for a tie as the one end says it of the other. */
export const phraseKey = ({ type, isReversed }: Phrase): string =>
  `phrase.${type}.${isReversed && !tieKinds[type].isMutual ? 'back' : 'forth'}`

/** Everything that one end can be to the other. */
export const phrasesBetween = (own: End['entity'], other: End['entity']): Phrase[] =>
  (Object.keys(tieKinds) as TieType[]).flatMap((type) => {
    const { from, to, isMutual } = tieKinds[type]
    const forth = from.includes(own) && to.includes(other)
    const back = !isMutual && from.includes(other) && to.includes(own)
    return [
      ...(forth ? [{ type, isReversed: false }] : []),
      ...(back ? [{ type, isReversed: true }] : []),
    ]
  })
