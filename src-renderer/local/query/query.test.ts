import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contact } from '../../../shared/features/contacts/contact'
import type { AnyRow } from '../../../shared/kernel/entity'
import { emptyValue } from '../../../shared/kernel/schema'
import type { ListQuery } from '../api'
import { normalise } from '../normalise'
import { rankHits } from './rank'
import { createSelector } from './select'
import { createTable } from './table'

const aRow = (id: string, values: { [field: string]: unknown } = {}): AnyRow => ({
  ...Object.fromEntries(
    Object.entries(contact.fields).map(([name, field]) => [name, emptyValue(field)]),
  ),
  id,
  createdAt: null,
  createdBy: null,
  deletedAt: null,
  updatedAt: null,
  ...values,
})

const tableOf = (rows: AnyRow[]) => {
  const table = createTable(contact, () => undefined)
  table.put(rows)
  return { table, select: createSelector(table) }
}

const found = (rows: AnyRow[], query: Omit<ListQuery, 'entity'>): string[] =>
  tableOf(rows)
    .select({ entity: 'contact', ...query })
    .rows.map(({ id }) => id)

const search = (values: { [field: string]: unknown }, text: string) =>
  found([aRow('a', values)], { search: text }).length === 1

describe('search', () => {
  it('ignores case and accents on both sides', () => {
    expect(search({ firstName: 'Zoë', lastName: 'MÜLLER' }, 'zoe muller')).toBe(true)
    expect(search({ firstName: 'Zoe' }, 'ZOË')).toBe(true)
    expect(search({ lastName: 'Strauß' }, 'strauss')).toBe(true)
    expect(search({ lastName: 'Łukasz Ørsted' }, 'lukasz orsted')).toBe(true)
  })

  it('wants every word, wherever it stands', () => {
    expect(search({ firstName: 'Ada', jobTitle: 'Countess' }, 'count ada')).toBe(true)
    expect(search({ firstName: 'Ada', jobTitle: 'Countess' }, 'count bob')).toBe(false)
  })

  it('finds phone numbers however they are typed', () => {
    const phone = { phone: '+491701234567' }
    for (const typed of [
      '0170 1234567',
      '+49 170 123-45-67',
      '0049 170 1234567',
      '(0170) 1234567',
      '+49 (0)170 1234567',
      '1234567',
      '0170',
    ])
      expect(search(phone, typed), typed).toBe(true)
    expect(search(phone, '0171 1234567')).toBe(false)
  })

  it('looks into lists of addresses and numbers', () => {
    expect(search({ emails: [{ label: null, address: 'a@b.test', primary: false }] }, 'a@b')).toBe(
      true,
    )
    expect(
      search({ phones: [{ label: null, number: '+4930 555', primary: false }] }, '4930555'),
    ).toBe(true)
  })

  it('narrowed letter by letter finds what it finds at once', () => {
    const rows = ['Anna', 'Anton', 'Berta', 'Antonia'].map((firstName, n) =>
      aRow(`${n}`, { firstName, phone: n % 2 ? '+49171234' : null }),
    )
    const { select } = tableOf(rows)
    const typed = 'antonia 017'
    for (let end = 1; end <= typed.length; end += 1) {
      const text = typed.slice(0, end)
      const narrowed = select({ entity: 'contact', search: text }).rows.map(({ id }) => id)
      expect(narrowed, text).toEqual(found(rows, { search: text }))
    }
  })

  it('ranks the start of the name before a word of it before a word before the middle', () => {
    const table = createTable(contact, () => undefined)
    table.put([
      aRow('inside', { firstName: 'Susanna' }),
      aRow('other word', { firstName: 'Bob', jobTitle: 'Anna fan' }),
      aRow('second word', { firstName: 'Mary', lastName: 'Ann' }),
      aRow('start', { firstName: 'Ann' }),
      aRow('deleted', { firstName: 'Ann', deletedAt: '2026-01-01T00:00:00.000Z' }),
    ])
    const order = ['start', 'second word', 'other word', 'inside']
    expect(rankHits([table], 'ann', 10).map(({ row }) => row.id)).toEqual(order)
    expect(rankHits([table], 'ann', 2).map(({ row }) => row.id)).toEqual(order.slice(0, 2))
  })
})

describe('conditions', () => {
  const rows = [
    aRow('1', { firstName: 'Zoë', score: 5, tags: ['x', 'y'], active: true }),
    aRow('2', { firstName: 'Ada', score: null, tags: ['y'], active: false, source: 'web' }),
    aRow('3', { firstName: 'Bob', score: 10, tags: [], active: true, properties: { a: 'Blue' } }),
  ]
  const where = (...[field, operator, value]: [string, string, unknown?]) =>
    found(rows, {
      // Operators come as text in this table.
      where: [{ field, operator: operator as 'eq', value }],
      sort: [{ field: 'id', descending: false }],
    })

  it.each([
    ['score', 'eq', 5, ['1']],
    ['score', 'ne', 5, ['2', '3']],
    ['score', 'gt', 5, ['3']],
    ['score', 'gte', 5, ['1', '3']],
    ['score', 'lt', 10, ['1']],
    ['score', 'lte', 10, ['1', '3']],
    ['score', 'isEmpty', undefined, ['2']],
    ['score', 'isNotEmpty', undefined, ['1', '3']],
    ['score', 'eq', null, ['2']],
    ['firstName', 'contains', 'ZO', ['1']],
    ['firstName', 'in', ['Ada', 'Bob'], ['2', '3']],
    ['tags', 'in', ['x', 'z'], ['1']],
    ['tags', 'contains', 'y', ['1', '2']],
    ['tags', 'contains', ['x', 'y'], ['1']],
    ['tags', 'isEmpty', undefined, ['3']],
    ['properties', 'contains', 'blue', ['3']],
    ['properties', 'isEmpty', undefined, ['1', '2']],
    ['active', 'eq', false, ['2']],
    ['source', 'in', ['web', 'mail'], ['2']],
  ])('%s %s %j', (field, operator, value, ids) => {
    expect(where(field, operator, value)).toEqual(ids)
  })
})

describe('queries that follow each other', () => {
  const conditions = fc.subarray(
    [
      { field: 'active', operator: 'eq' as const, value: true },
      { field: 'birthday', operator: 'notAfter' as const, value: '2026-01-02' },
      { field: 'firstName', operator: 'contains' as const, value: 'a' },
      { field: 'source', operator: 'in' as const, value: ['website', null] },
    ],
    { maxLength: 3 },
  )
  const queries = fc.record({
    where: conditions,
    search: fc.constantFrom('', 'a', 'ad', 'ada', 'b'),
    descending: fc.boolean(),
    deleted: fc.boolean(),
  })
  const values = fc.record({
    firstName: fc.constantFrom('Ada', 'Bea', 'Adam', null),
    active: fc.boolean(),
    birthday: fc.constantFrom(null, '2026-01-01', '2026-01-03'),
    source: fc.constantFrom(null, 'website', 'referral'),
    deletedAt: fc.constantFrom(null, null, '2026-01-01T00:00:00.000Z'),
  })

  it('answer as if each were the first, also when rows change between them', () => {
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(queries, fc.option(fc.tuple(fc.nat(29), values))), { maxLength: 12 }),
        (rows, steps) => {
          const all = rows.map((row, n) => aRow(`id${String(n).padStart(2, '0')}`, row))
          const { table, select } = tableOf(all)
          for (const [{ descending, ...query }, change] of steps) {
            const sort = [{ field: 'firstName', descending }]
            const asked = { entity: 'contact', sort, ...query }
            expect(select(asked)).toEqual(createSelector(table)(asked))
            const row = change && all[change[0]]
            if (row) table.put([{ ...row, ...change[1] }])
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('the condition not after', () => {
  it('holds for what is empty, and for what is earlier or the same', () => {
    const rows = ['a', 'b', 'c', 'd'].map((id, n) =>
      aRow(id, { birthday: [null, '2026-01-01', '2026-01-02', '2026-01-03'][n] }),
    )
    const where = [{ field: 'birthday', operator: 'notAfter' as const, value: '2026-01-02' }]
    expect(found(rows, { where }).sort()).toEqual(['a', 'b', 'c'])
  })
})

describe('a list', () => {
  const names = fc.oneof(
    fc.constantFrom('Anna', 'anna', 'Änna', 'annabelle', 'ann a', 'ann!a', 'bob', '', null),
    fc.string({ maxLength: 10 }),
    fc.string({
      maxLength: 4,
      unit: fc.constantFrom('v', ':', ';', '0', ' ', '.', '@', 'é', '\n'),
    }),
    fc.stringMatching(/^contact [0-9]{1,3}$/),
  )
  const rowArbitrary = fc.record({
    id: fc.uuid(),
    firstName: names,
    score: fc.option(fc.integer({ min: 0, max: 5 })),
    lifecycleStage: fc.option(fc.constantFrom('lead', 'customer', 'other')),
    birthday: fc.option(fc.constantFrom('2001-02-03', '1999-12-31', '2020-01-01')),
    deletedAt: fc.option(fc.constant('2026-01-01T00:00:00.000Z'), { freq: 5 }),
  })
  const stages = contact.fields.lifecycleStage?.options ?? []
  const keys: Record<string, (row: AnyRow) => string | number | null> = {
    firstName: ({ firstName }) =>
      typeof firstName === 'string' && firstName !== '' ? normalise(firstName) : null,
    score: ({ score }) => (typeof score === 'number' ? score : null),
    lifecycleStage: ({ lifecycleStage }) =>
      typeof lifecycleStage === 'string' ? stages.indexOf(lifecycleStage) : null,
    birthday: ({ birthday }) => (typeof birthday === 'string' ? birthday : null),
  }
  type Sort = { field: string; descending: boolean }

  const naive = (rows: AnyRow[], query: { min: number; sort: Sort[] }): string[] => {
    const compare = (a: AnyRow, b: AnyRow): number => {
      for (const { field, descending } of query.sort) {
        const [left, right] = [keys[field]?.(a) ?? null, keys[field]?.(b) ?? null]
        if (left === right) continue
        if (left === null) return 1
        if (right === null) return -1
        return left < right === descending ? 1 : -1
      }
      return a.id < b.id === (query.sort.at(-1)?.descending ?? false) ? 1 : -1
    }
    return rows
      .filter((row) => row.deletedAt === null && Number(row.score ?? -1) >= query.min)
      .sort(compare)
      .map(({ id }) => id)
  }

  const sorts = fc.uniqueArray(
    fc.record({ field: fc.constantFrom(...Object.keys(keys)), descending: fc.boolean() }),
    { minLength: 1, maxLength: 2, selector: ({ field }) => field },
  )

  it('holds what a plain filter and sort give, also after rows came, changed and went', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(rowArbitrary, { maxLength: 150, selector: ({ id }) => id }),
        fc.array(rowArbitrary, { maxLength: 10 }),
        sorts,
        fc.integer({ min: 0, max: 5 }),
        (first, later, sort, min) => {
          const { table, select } = tableOf(first.map(({ id, ...values }) => aRow(id, values)))
          const current = new Map(first.map(({ id, ...values }) => [id, aRow(id, values)]))
          const look = (by: Sort[]) => {
            const where = [{ field: 'score', operator: 'gte' as const, value: min }]
            const { rows, total } = select({ entity: 'contact', where, sort: by })
            const wanted = naive([...current.values()], { min, sort: by })
            expect(rows.map(({ id }) => id)).toEqual(wanted)
            expect(total).toBe(wanted.length)
          }
          const check = () => {
            look(sort)
            look(sort.map((by) => ({ ...by, descending: !by.descending })))
          }
          const preparing = table.prepare(sort[0]?.field ?? '')
          preparing?.next()
          check()
          const changed = later.map(({ id, ...values }, index) =>
            aRow(first[index * 2]?.id ?? id, values),
          )
          for (const row of changed) current.set(row.id, row)
          table.put(changed)
          for (; !preparing?.next().done; );
          check()
          const gone = first.slice(0, 5).map(({ id }) => id)
          for (const id of gone) current.delete(id)
          table.remove(gone)
          check()
        },
      ),
      { numRuns: 200 },
    )
  })

  it('sorts many rows whose names begin alike', () => {
    const rows = Array.from({ length: 500 }, (_, n) =>
      aRow(`${String(n).padStart(4, '0')}`, { firstName: `contact number ${(n * 7919) % 500}` }),
    )
    expect(found(rows, { sort: [{ field: 'firstName', descending: false }] })).toEqual(
      naive(
        rows.map((row) => ({ ...row, score: 0 })),
        {
          min: 0,
          sort: [{ field: 'firstName', descending: false }],
        },
      ),
    )
  })

  it('keeps the orders of all its columns, however often each is turned round', () => {
    const { table } = tableOf(Array.from({ length: 20 }, (_, n) => aRow(`id${n}`)))
    const fields = contact.list.columns
    for (const field of fields) for (const _ of table.prepare(field) ?? []);
    for (const field of fields)
      for (const descending of [true, false, true]) table.order([{ field, descending }])
    expect(fields.filter((field) => table.prepare(field))).toEqual([])
  })

  it('gives the same order whether it was prepared or not, and none that rows changed under', () => {
    const rows = Array.from({ length: 9000 }, (_, n) =>
      aRow(String(n).padStart(5, '0'), {
        firstName: n % 7 === 0 ? null : `contact ${(n * 7919) % 3000}`,
      }),
    )
    const sort = [{ field: 'firstName', descending: false }]
    const ids = ({ select }: ReturnType<typeof tableOf>) =>
      select({ entity: 'contact', sort }).rows.map(({ id }) => id)
    const prepared = tableOf(rows)
    const work = prepared.table.prepare('firstName')
    for (; !work?.next().done; );
    expect(prepared.table.prepare('firstName')).toBeUndefined()
    expect(ids(prepared)).toEqual(ids(tableOf(rows)))
    const interrupted = tableOf(rows)
    const cut = interrupted.table.prepare('firstName')
    for (let piece = 0; piece < 5; piece += 1) cut?.next()
    const changed = rows.map((row) => (row.id === '00001' ? { ...row, firstName: 'a' } : row))
    interrupted.table.put(changed.slice(0, 2))
    for (; !cut?.next().done; );
    expect(interrupted.table.prepare('firstName')).toBeDefined()
    expect(ids(interrupted)).toEqual(ids(tableOf(changed)))
  })

  it('gives pages with the total of all', () => {
    const rows = ['a', 'b', 'c', 'd'].map((id) => aRow(id, { lastName: id }))
    const { select } = tableOf(rows)
    const page = select({ entity: 'contact', offset: 1, limit: 2 })
    expect(page).toMatchObject({ rows: [{ id: 'b' }, { id: 'c' }], total: 4 })
  })
})

describe('lists of what points at a record', () => {
  const uuid = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`
  const contacts = fc.array(
    fc.record({
      accountId: fc.constantFrom(uuid(1), uuid(2), null),
      lastName: fc.constantFrom('Ada', 'Bob', 'Cy'),
      deletedAt: fc.constantFrom(null, null, '2026-01-01T00:00:00.000Z'),
    }),
    { maxLength: 30 },
  )
  const where = [{ field: 'accountId', operator: 'eq' as const, value: uuid(1) }]
  const sorts = fc.constantFrom<{ field: string; descending: boolean }[]>(
    [{ field: 'lastName', descending: true }],
    [{ field: 'lastName', descending: false }],
    [
      { field: 'lastName', descending: false },
      { field: 'createdAt', descending: true },
    ],
  )

  it('hold the same rows in the same order as all rows, one by one', () => {
    fc.assert(
      fc.property(contacts, contacts, sorts, (before, after, sort) => {
        const { table, select } = tableOf(before.map((row, index) => aRow(`row-${index}`, row)))
        table.put(after.map((row, index) => aRow(`row-${index}`, row)))
        table.remove(['row-0'])
        const all = select({ entity: 'contact', sort }).rows
        const wanted = all.filter((row) => row.accountId === uuid(1))
        expect(select({ entity: 'contact', where, sort }).rows).toEqual(wanted)
      }),
    )
  })
})
