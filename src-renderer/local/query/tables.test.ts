import { Dexie } from 'dexie'
import { IDBKeyRange as FakeKeyRange, IDBFactory } from 'fake-indexeddb'
import { describe, expect, it, vi } from 'vitest'
import { tag } from '../../../shared/features/tags/tag'
import { newId } from '../../../shared/kernel/ids'
import { newRow } from '../../../shared/kernel/rules'
import { openDatabase } from '../database'
import { toStoredRow } from '../record'
import type { Block } from '../rows/blocks'
import { loadRows } from './load'
import { createTables } from './tables'

const aTag = (id: string, name: string) =>
  toStoredRow(tag, { ...newRow(tag, id, {}), name }, { seq: 1, gen: 1 })

const aGate = (): [Promise<void>, () => void] => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return [opened, () => open()]
}

const start = async () => {
  const database = await openDatabase('test', {
    indexedDB: new IDBFactory(),
    IDBKeyRange: FakeKeyRange,
  })
  const tables = createTables(database, () => Promise.resolve())
  const id = newId()
  await database.rows('tag').bulkPut([aTag(id, 'stored')])
  const fresh = (name: string) => new Map([['tag', [aTag(id, name)]]])
  const shown = async () => (await tables.current('tag')).table.get(id)?.name
  return { database, tables, fresh, shown, id, changes: { tag: [id] } }
}

describe('a damaged row', () => {
  it('in a block is told until it has been mended, and not again', async () => {
    const { database } = await start()
    const ids = Array.from({ length: 40 }, () => newId())
    await database.rows('tag').bulkPut(ids.map((id) => aTag(id, 'sound')))
    const [broken = ''] = ids
    await database.dexie
      .table<Block>('blocks_tag')
      .where('ids')
      .equals(broken)
      .modify(({ rows }) => {
        for (const row of rows) if (row.id === broken) Object.assign(row, { $seq: 'x' })
      })
    const load = () => loadRows(database, tag, () => {})
    expect(await load()).toEqual([broken])
    await database.rows('tag').bulkPut([aTag(broken, 'mended')])
    expect(await load()).toEqual([])
  })
})

describe('rows that have just been stored', () => {
  it('are shown without being read back', async () => {
    const { tables, fresh, shown, changes } = await start()
    expect(await shown()).toBe('stored')
    tables.touch(changes, fresh('fresh'))
    expect(await shown()).toBe('fresh')
  })

  it('are read all the same where their table is not here yet, or was loaded meanwhile', async () => {
    const { tables, fresh, shown, changes } = await start()
    const loading = tables.current('tag')
    tables.touch(changes, fresh('older'))
    await loading
    expect(await shown()).toBe('stored')
  })

  it('do not cover what changed since', async () => {
    const { tables, fresh, shown, changes } = await start()
    await shown()
    // Somebody's edit is told first, though it was stored behind the page.
    tables.touch(changes)
    tables.touch(changes, fresh('older'))
    expect(await shown()).toBe('stored')
  })

  it('are not covered by what was being read when they were stored', async () => {
    const { database, tables, fresh, shown, changes, id } = await start()
    await shown()
    const table = database.rows('tag')
    const [released, release] = aGate()
    const read = table.bulkGet.bind(table)
    vi.spyOn(table, 'bulkGet').mockImplementationOnce((ids: readonly string[]) =>
      Dexie.Promise.resolve(read([...ids]).then((rows) => released.then(() => rows))),
    )
    tables.touch(changes)
    const reading = tables.current('tag')
    await vi.waitFor(() => expect(table.bulkGet).toHaveBeenCalled())
    await table.bulkPut([aTag(id, 'newer')])
    tables.touch(changes, fresh('newer'))
    release()
    await reading
    expect(await shown()).toBe('newer')
  })
})
