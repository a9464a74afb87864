import { describe, expect, it } from 'vitest'
import { definitionOf, formatDefinition, isSameDefinition } from './view-definition'

const row = (definition: unknown) => ({
  id: 'view',
  createdAt: null,
  createdBy: null,
  deletedAt: null,
  updatedAt: null,
  definition,
})

describe('a saved view', () => {
  const search = {
    q: 'acme',
    sort: '-amount',
    group: 'stageId',
    filters: [{ field: 'ownerId', operator: 'eq' as const, value: 'me' }],
  }
  const columns = { names: ['amount', 'stageId'], widths: { amount: 90 } }

  it('comes back as it was kept, without the id of the view itself', () => {
    const text = formatDefinition({ search: { ...search, view: 'view' }, columns })
    expect(definitionOf(row(text))).toEqual({ search, columns })
  })

  it('shows everything where its definition cannot be read', () => {
    for (const broken of ['{', null, '[]', '"text"', '{"search":7,"columns":{"names":1}}'])
      expect(definitionOf(row(broken)).search).toEqual({})
  })

  it('is the same whatever the order of its parts', () => {
    const other = { filters: search.filters, group: 'stageId', sort: '-amount', q: 'acme' }
    expect(
      isSameDefinition({ search, columns }, { search: { ...other, view: 'x' }, columns }),
    ).toBe(true)
    expect(isSameDefinition({ search, columns }, { search: { ...other, q: 'b' }, columns })).toBe(
      false,
    )
    expect(isSameDefinition({ search, columns }, { search })).toBe(false)
  })
})
