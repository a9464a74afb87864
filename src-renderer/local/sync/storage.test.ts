import { IDBKeyRange as FakeKeyRange, IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/kernel/ids'
import { openDatabase } from '../database'
import { writeSteps } from '../edits/write'
import { createTestGate } from '../test-gate'
import { createSyncStorage } from './storage'

const start = async () => {
  const database = await openDatabase('test', {
    indexedDB: new IDBFactory(),
    IDBKeyRange: FakeKeyRange,
  })
  const now = () => Date.parse('2026-03-01T09:00:00Z')
  const ignore = () => {}
  const storage = createSyncStorage({
    database,
    now,
    mayEdit: () => true,
    userId: 'me',
    onChanged: ignore,
    onOutbox: ignore,
    onAudited: () => undefined,
    onRepull: ignore,
  })
  const commit = (set: { [field: string]: unknown }) =>
    writeSteps(
      { database, userId: newId(), role: () => 'owner', now, onWritten: ignore },
      [{ entity: 'tag', id, set }],
      {},
    )
  const id = newId()
  const gate = createTestGate()
  await commit({ name: 'One' })
  const push = () => storage.nextPush(0, { oneGroup: false })
  return { database, storage, commit, push, gate, id }
}

describe('an acknowledged edit', () => {
  it('waits for a state of its record that is new enough to hold it', async () => {
    const { database, storage, commit, push, gate, id } = await start()
    await commit({ name: 'Two' })
    const [first, second] = await push()
    if (!first || !second) throw new Error('nothing to push')
    gate.write(first)
    const early = gate.changedSince(0)
    gate.write(second)
    await storage.settle({
      accepted: [
        [1, 1],
        [2, 2],
      ],
      refused: [],
    })
    await storage.applyRecords(early, 1, { isCatchUp: true })
    expect(await database.rows('tag').get(id)).toMatchObject({ name: 'Two', $seq: 1 })
    expect(await database.outbox.toArray()).toMatchObject([{ n: 2, acked: 2 }])
    await storage.applyRecords(gate.changedSince(1), 2, { isCatchUp: true })
    expect(await database.rows('tag').get(id)).toMatchObject({ name: 'Two', $seq: 2 })
    expect(await database.outbox.count()).toBe(0)
  })

  it('is not sent again', async () => {
    const { storage, commit, push } = await start()
    await storage.settle({ accepted: [[1, 1]], refused: [] })
    await commit({ name: 'Two' })
    expect((await push()).map(({ n }) => n)).toEqual([2])
  })
})

describe('the cursor', () => {
  it('moves in the same transaction as the records', async () => {
    const { storage, push, gate } = await start()
    const [edit] = await push()
    if (!edit) throw new Error('nothing to push')
    gate.write(edit)
    expect(await storage.position()).toMatchObject({ cursor: 0, epoch: null })
    await storage.applyRecords(gate.changedSince(0), 1, { isCatchUp: true })
    expect(await storage.position()).toMatchObject({ cursor: 1 })
  })
})

describe('older records', () => {
  const older = (gate: ReturnType<typeof createTestGate>, seq: number) => ({
    records: gate.changedSince(0),
    seq,
    access: undefined,
  })

  it('never replace newer ones', async () => {
    const { database, storage, commit, push, gate, id } = await start()
    await commit({ name: 'Two' })
    for (const edit of await push()) gate.write(edit)
    const before = older(gate, 2)
    gate.write({ n: 3, entity: 'tag', id, t: '9'.repeat(23), s: { name: 'Three' } })
    await storage.applyRecords(gate.changedSince(2), 3, { isCatchUp: false })
    expect(await storage.addOlder(before)).toBe('taken')
    expect(await database.rows('tag').get(id)).toMatchObject({ name: 'Three', $seq: 3 })
  })

  it('that were read before something went out of sight are read again', async () => {
    const { database, storage, push, gate, id } = await start()
    for (const edit of await push()) gate.write(edit)
    await storage.settle({ accepted: [[1, 1]], refused: [] })
    const before = older(gate, 1)
    await storage.applyRecords([['tag', id, 2, null]], 2, { isCatchUp: false })
    expect(await storage.addOlder(before)).toBe('again')
    expect(await database.rows('tag').get(id)).toBeUndefined()
    expect(await storage.addOlder({ ...before, seq: 2 })).toBe('taken')
  })

  it('are not taken for a floor that has moved since they were asked for', async () => {
    const { database, storage, push, gate, id } = await start()
    for (const edit of await push()) gate.write(edit)
    const meta = await database.meta.get('sync')
    if (!meta) throw new Error('there is no position')
    await database.meta.put({ ...meta, floor: 7 })
    const floor = { from: 5, to: 0 }
    expect(await storage.addOlder({ ...older(gate, 1), floor })).toBe('moved')
    expect((await database.rows('tag').get(id))?.$seq).toBe(0)
    expect((await database.meta.get('sync'))?.floor).toBe(7)
  })
})
