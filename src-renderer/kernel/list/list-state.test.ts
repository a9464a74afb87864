import { expect, it } from 'vitest'
import { lead } from '../../../shared/features/leads/lead'
import { formatSort, listSearchSchema, nextSort, parseSort, searchToQuery } from './list-state'

it('turns an address into a query and leaves out what it cannot read', () => {
  const search = listSearchSchema.parse({
    q: 'nordic',
    sort: '-name',
    filters: [
      { field: 'status', operator: 'in', value: ['new'] },
      { field: 'nonsense', operator: 'eq', value: 1 },
      { field: 'rating', operator: 'in', value: [] },
    ],
  })
  expect(searchToQuery(lead, search)).toEqual({
    entity: 'lead',
    search: 'nordic',
    sort: [{ field: 'name', descending: true }],
    where: [{ field: 'status', operator: 'in', value: ['new'] }],
  })
  expect(searchToQuery(lead, listSearchSchema.parse({ sort: 42, filters: 'broken' }))).toEqual({
    entity: 'lead',
    sort: [{ field: 'createdAt', descending: true }],
  })
})

it('sorts ascending first, then descending', () => {
  const first = nextSort(parseSort('-createdAt'), 'name')
  expect(formatSort(first)).toBe('name')
  expect(formatSort(nextSort(first, 'name'))).toBe('-name')
})
