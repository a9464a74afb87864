import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account } from '../../../shared/features/accounts/account'
import { contact } from '../../../shared/features/contacts/contact'
import { relationship } from '../../../shared/features/relationships/relationship'
import { newRow } from '../../../shared/kernel/rules'
import { buildGraph } from './graph'
import { layoutGraph, nodeSize } from './layout'

const acme = newRow(account, 'acme', { name: 'Acme' })
const labs = newRow(account, 'labs', { name: 'Labs', parentAccountId: 'acme' })
const boss = newRow(contact, 'boss', { firstName: 'Bo', accountId: 'acme' })
const clerk = newRow(contact, 'clerk', {
  firstName: 'Cleo',
  accountId: 'acme',
  reportsToId: 'boss',
})
const friend = newRow(contact, 'friend', { firstName: 'Fay' })

const tie = (values: { [field: string]: unknown }) =>
  newRow(relationship, `tie-${JSON.stringify(values)}`, values)

const edgesOf = (relationships: readonly ReturnType<typeof tie>[]) =>
  buildGraph({
    centre: { entity: 'account', id: 'acme' },
    accounts: [acme, labs],
    contacts: [boss, clerk, friend],
    relationships,
  }).edges

test('people hang below their manager, managers below the company, companies below the one that owns them', () => {
  expect(edgesOf([]).map(({ key }) => key)).toEqual([
    'account:acme>account:labs',
    'account:acme>contact:boss',
    'contact:boss>contact:clerk',
  ])
})

test('a tie between two who are joined already stands on their line', () => {
  const edges = edgesOf([
    tie({ relationshipType: 'key_contact', contactId: 'boss', relatedAccountId: 'acme' }),
    tie({ relationshipType: 'works_at', contactId: 'boss', relatedAccountId: 'acme' }),
  ])
  expect(edges).toHaveLength(3)
  expect(edges[1]).toMatchObject({ isStructure: true, types: ['key_contact', 'works_at'] })
})

test('a tie from somebody outside is laid out from the inside and keeps its direction', () => {
  const edges = edgesOf([
    tie({ relationshipType: 'reports_to', contactId: 'friend', relatedContactId: 'boss' }),
  ])
  expect(edges[3]).toMatchObject({
    source: 'contact:boss',
    target: 'contact:friend',
    isReversed: true,
    isStructure: false,
  })
})

test('a tie of which one end is not to be seen is left out', () => {
  expect(
    edgesOf([tie({ relationshipType: 'colleague', contactId: 'boss', relatedContactId: 'gone' })]),
  ).toHaveLength(3)
})

const people = fc.array(
  fc.record({
    manager: fc.option(fc.nat(30), { nil: undefined }),
    tiedTo: fc.option(fc.nat(30), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 30 },
)

test('whatever the ties, no two nodes lie over each other', () => {
  fc.assert(
    fc.property(people, (drawn) => {
      const graph = buildGraph({
        centre: { entity: 'account', id: 'acme' },
        accounts: [acme],
        contacts: drawn.map(({ manager }, index) =>
          newRow(contact, `p${index}`, {
            accountId: 'acme',
            reportsToId: manager === undefined ? null : `p${manager}`,
          }),
        ),
        relationships: drawn.flatMap(({ tiedTo }, index) =>
          tiedTo === undefined
            ? []
            : [
                newRow(relationship, `t${index}`, {
                  relationshipType: 'colleague',
                  contactId: `p${index}`,
                  relatedContactId: `p${tiedTo}`,
                }),
              ],
        ),
      })
      const places = [...layoutGraph(graph).values()]
      expect(places).toHaveLength(graph.nodes.length)
      for (const [index, one] of places.entries())
        for (const other of places.slice(index + 1))
          expect(
            Math.abs(one.x - other.x) >= nodeSize.width ||
              Math.abs(one.y - other.y) >= nodeSize.height,
          ).toBe(true)
    }),
    { numRuns: 60 },
  )
})
