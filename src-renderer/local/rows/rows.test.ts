import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { contact } from '../../../shared/features/contacts/contact'
import { newId } from '../../../shared/kernel/ids'
import { newRow } from '../../../shared/kernel/rules'
import { type Database, openDatabase } from '../database'
import { toStoredRow } from '../record'
import type { StoredRow } from '../stored'
import { usualPacking } from './blocks'
import { beginning } from './rows'

const open = (packing = usualPacking) =>
  openDatabase('test', { indexedDB: new IDBFactory(), IDBKeyRange, packing })

const ids = Array.from({ length: 160 }, () => newId())
const accounts = [newId(), newId(), newId()]

type Values = { name: string; account: number; isDeleted: boolean; seq: number }

const aContact = (id: string, { name, account, isDeleted, seq }: Values): StoredRow =>
  toStoredRow(
    contact,
    {
      ...newRow(contact, id, {}),
      lastName: name,
      accountId: accounts[account] ?? null,
      deletedAt: isDeleted ? '2026-01-01T00:00:00.000Z' : null,
    },
    { seq, gen: 1, state: Uint8Array.of(seq % 256) },
  )

const sorted = <T extends { id: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))

const walked = async (database: Database): Promise<StoredRow[]> => {
  const rows = database.rows('contact')
  const found: StoredRow[] = []
  for (let next = await rows.after(beginning, 7); next; next = await rows.after(next.place, 7))
    found.push(...next.rows)
  return found
}

/** Everything that rows can be asked, beside what they should say. */
const compare = async (database: Database, model: ReadonlyMap<string, StoredRow>) => {
  const rows = database.rows('contact')
  const all = sorted([...model.values()])
  expect(sorted(await walked(database))).toEqual(all)
  expect(sorted(await rows.toArray())).toEqual(all)
  expect(await rows.bulkGet(ids)).toEqual(ids.map((id) => model.get(id)))
  expect(await rows.heldAmong(ids)).toEqual(new Set(model.keys()))
  for (const id of ids.slice(0, 10)) expect(await rows.get(id)).toEqual(model.get(id))
  for (const account of accounts)
    expect(sorted(await rows.pointing('accountId', account))).toEqual(
      all.filter(({ accountId }) => accountId === account),
    )
  const live = all.filter(({ deletedAt }) => deletedAt === null)
  for (const descending of [false, true]) {
    const first = await rows.first(12, descending)
    // So many are quicker read whole.
    if (!first) expect(await rows.tables[0]?.count()).toBeGreaterThan(40)
    if (!first) continue
    const keys = live.map(({ $key = '' }) => String($key)).sort()
    expect(first.total).toBe(live.length)
    expect(first.rows.map(({ $key }) => $key)).toEqual(
      (descending ? keys.reverse() : keys).slice(0, 12),
    )
  }
}

const values: fc.Arbitrary<Values> = fc.record({
  name: fc.stringMatching(/^[a-d]{1,3}$/),
  account: fc.integer({ min: 0, max: 3 }),
  isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  seq: fc.nat(1000),
})

/** Neighbours, as pages of a copy are, or some here and some there, as edits are. */
const chosen = fc.oneof(
  fc
    .tuple(fc.nat(ids.length - 1), fc.integer({ min: 1, max: 120 }))
    .map(([from, length]) => ids.slice(from, from + length)),
  fc.subarray(ids, { minLength: 1, maxLength: 60 }),
)

const steps = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), ids: chosen, values }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), ids: chosen }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
)

describe('stored rows', () => {
  it('are the same wherever they lie, whatever is put, deleted and tidied', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(5, 50),
        fc.array(steps, { minLength: 1, maxLength: 12 }),
        async (size, schedule) => {
          const database = await open({ size, fewest: 3, replaced: 3, fewLoose: 20 })
          const rows = database.rows('contact')
          const model = new Map<string, StoredRow>()
          for (const [index, step] of schedule.entries()) {
            if (step.do === 'put') {
              const made = step.ids.map((id, at) =>
                aContact(id, {
                  ...step.values,
                  name: `${step.values.name}${(index * 7 + at * 3) % 11}`,
                }),
              )
              await rows.bulkPut(made)
              for (const row of made) model.set(row.id, row)
            } else if (step.do === 'delete') {
              await rows.bulkDelete(step.ids)
              for (const id of step.ids) model.delete(id)
            } else await rows.tidy()
          }
          await compare(database, model)
          database.dexie.close()
        },
      ),
      { numRuns: 60 },
    )
  }, 60_000)

  it('are found by who goes through all while others pack them', async () => {
    const database = await open()
    const rows = database.rows('contact')
    const plain = { name: 'a', account: 0, isDeleted: false, seq: 1 }
    for (const id of ids) await rows.bulkPut([aContact(id, plain)])
    const half = await rows.after(beginning, 80)
    await rows.bulkPut(ids.map((id) => aContact(id, { ...plain, seq: 2 })))
    const found = new Set(half?.rows.map(({ id }) => id))
    for (let next = half; next; next = await rows.after(next.place, 80))
      for (const { id } of next.rows) found.add(id)
    expect(found.size).toBe(ids.length)
  })

  it('of a store that knew no blocks are there, and new ones are packed beside them', async () => {
    const warn = vi.spyOn(console, 'warn')
    const indexedDB = new IDBFactory()
    const now = await openDatabase('test', { indexedDB, IDBKeyRange })
    const known = now.dexie.tables.filter(({ name }) => !name.startsWith('blocks_'))
    now.dexie.close()
    const before = new Dexie('old', { indexedDB, IDBKeyRange })
    before
      .version(1)
      .stores(
        Object.fromEntries(
          known.map(({ name, schema: { primKey, indexes } }) => [
            name,
            [primKey, ...indexes].map(({ src }) => src).join(', '),
          ]),
        ),
      )
    const [old = '', ...fresh] = ids
    const plain = { name: 'a', account: 0, isDeleted: false, seq: 1 }
    await before.table('rows_contact').put(aContact(old, plain))
    before.close()
    const database = await openDatabase('old', { indexedDB, IDBKeyRange })
    const rows = database.rows('contact')
    await rows.bulkPut(fresh.map((id) => aContact(id, plain)))
    expect(await rows.heldAmong(ids)).toEqual(new Set(ids))
    expect(await rows.get(old)).toMatchObject({ lastName: 'a' })
    expect(await database.dexie.table('blocks_contact').count()).toBeGreaterThan(0)
    expect(warn).not.toHaveBeenCalled()
  })

  it('that lie loose by the thousand are packed, and nothing of them is lost', async () => {
    const database = await open()
    const rows = database.rows('tag')
    const many = Array.from({ length: 1200 }, () => newId())
    const loose = rows.tables[0] ?? expect.fail()
    await loose.bulkPut(many.map((id) => ({ id, name: id, deletedAt: null, $seq: 1, $gen: 1 })))
    await rows.tidy()
    expect(await loose.count()).toBe(0)
    expect(new Set((await rows.toArray()).map(({ id }) => id))).toEqual(new Set(many))
  })
})
