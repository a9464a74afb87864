/** Reads the people and companies around a record from the local store. */
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useRecords, useRecordsById } from '../../kernel/use-records'
import type { ListCondition } from '../../local/api'
import type { Surroundings } from './graph'
import { type End, endsOf } from './ties'

/** More than this nobody reads at a glance; the rest is a list. */
const mostContacts = 40
const mostAccounts = 20
const mostTies = 100

const eq = (field: string, value: string): ListCondition => ({ field, operator: 'eq', value })
const isIn = (field: string, value: readonly string[]): ListCondition => ({
  field,
  operator: 'in',
  value,
})

const idsOf = (rows: readonly AnyRow[]): string[] => rows.map(({ id }) => id)

const text = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

const without = (ids: readonly string[], rows: readonly AnyRow[]): string[] => {
  const known = new Set(idsOf(rows))
  return [...new Set(ids)].filter((id) => !known.has(id))
}

const uniqueRows = (rows: readonly AnyRow[]): AnyRow[] => [
  ...new Map(
    rows.filter(({ deletedAt }) => deletedAt === null).map((row) => [row.id, row]),
  ).values(),
]

/** All ties of which one end is among these. */
const useTies = (contactIds: readonly string[], accountIds: readonly string[]): AnyRow[] => {
  const ask = (field: string, ids: readonly string[]) => ({
    entity: 'relationship',
    where: [isIn(field, ids)],
    limit: mostTies,
  })
  const asked = {
    contacts: { enabled: contactIds.length > 0 },
    accounts: { enabled: accountIds.length > 0 },
  }
  return uniqueRows(
    [
      useRecords(ask('contactId', contactIds), asked.contacts),
      useRecords(ask('relatedContactId', contactIds), asked.contacts),
      useRecords(ask('accountId', accountIds), asked.accounts),
      useRecords(ask('relatedAccountId', accountIds), asked.accounts),
    ].flatMap(({ rows }) => rows),
  )
}

/** People of the company, or of one who has none the managers and reports. */
const usePeople = (entity: AnyEntity, row: AnyRow, accountId: string | undefined) => {
  const colleagues = useRecords(
    {
      entity: 'contact',
      where: [eq('accountId', accountId ?? '')],
      sort: [
        { field: 'isPrimary', descending: true },
        { field: 'lastName', descending: false },
      ],
      limit: mostContacts,
    },
    { enabled: accountId !== undefined },
  )
  const isContact = entity.name === 'contact'
  const reports = useRecords(
    { entity: 'contact', where: [eq('reportsToId', row.id)], limit: mostContacts },
    { enabled: isContact },
  )
  const near = uniqueRows([
    ...(isContact ? [row] : []),
    ...colleagues.rows,
    ...(isContact ? reports.rows : []),
  ])
  const managers = useRecordsById(
    'contact',
    without(
      near.flatMap(({ reportsToId }) => text(reportsToId)),
      near,
    ),
  )
  return { people: uniqueRows([...near, ...managers.values()]), total: colleagues.total }
}

const useCompanies = (entity: AnyEntity, row: AnyRow, accountId: string | undefined): AnyRow[] => {
  const own = useRecordsById('account', text(accountId))
  const company = entity.name === 'account' ? row : own.get(accountId ?? '')
  const parent = useRecordsById('account', text(company?.parentAccountId))
  const below = useRecords(
    { entity: 'account', where: [eq('parentAccountId', accountId ?? '')], limit: mostAccounts },
    { enabled: accountId !== undefined },
  )
  return uniqueRows([...(company ? [company] : []), ...parent.values(), ...below.rows])
}

/** What is drawn around a contact or an account, its own ties, and how many people were left out. */
export const useSurroundings = (entity: AnyEntity, row: AnyRow) => {
  const centre: End = { entity: entity.name === 'account' ? 'account' : 'contact', id: row.id }
  const accountId = centre.entity === 'account' ? row.id : text(row.accountId)[0]
  const { people, total } = usePeople(entity, row, accountId)
  const companies = useCompanies(entity, row, accountId)
  const relationships = useTies(idsOf(people), idsOf(companies))
  const ends = relationships.flatMap((tie) => Object.values(endsOf(tie) ?? {}))
  const idsAt = (kind: End['entity']): string[] =>
    ends.filter((end) => end.entity === kind).map(({ id }) => id)
  const otherPeople = useRecordsById('contact', without(idsAt('contact'), people))
  const otherCompanies = useRecordsById('account', without(idsAt('account'), companies))
  const around: Surroundings = {
    centre,
    contacts: uniqueRows([...people, ...otherPeople.values()]),
    accounts: uniqueRows([...companies, ...otherCompanies.values()]),
    relationships,
  }
  const ties = relationships.filter((tie) =>
    Object.values(endsOf(tie) ?? {}).some((end) => end.id === row.id),
  )
  return { around, ties, accountId, leftOut: Math.max(0, total - mostContacts) }
}
