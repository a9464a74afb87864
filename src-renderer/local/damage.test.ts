import { Dexie } from 'dexie'
import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import {
  commit,
  createWindows,
  goOffline,
  goOnline,
  liveWindow,
  settled,
  type TestProfile,
} from './test-platform'

const windows = createWindows()
afterEach(windows.closeAll)

/** Opens the workspace's database behind the store's back. */
const behindTheScenes = async (profile: TestProfile) => {
  const found = (await profile.indexedDB.databases()).find(({ name }) => name?.match(/-.*-/))
  const dexie = new Dexie(found?.name ?? '', {
    indexedDB: profile.indexedDB,
    IDBKeyRange: FakeKeyRange,
  })
  return dexie.open()
}

const closedWith = async (names: string[]) => {
  const live = await liveWindow(windows)
  const ids = names.map(() => newId())
  for (const [index, id] of ids.entries())
    await commit(live.store, [
      { entity: 'contact', id, set: { firstName: names[index] }, create: true },
    ])
  await settled(live.store)
  await live.store.close()
  return { ...live, ids, dexie: await behindTheScenes(live.profile) }
}

describe('a damaged row', () => {
  it('is derived from its state, and the list shows it again', async () => {
    const { profile, dexie, ids } = await closedWith(['Ada', 'Grace'])
    await dexie.table('rows_contact').update(ids[0], { deletedAt: undefined, $seq: 'x' })
    dexie.close()
    const store = await windows.window(profile)
    await vi.waitFor(async () => {
      const { rows } = await store.list({ entity: 'contact', search: 'a' })
      expect(rows.map(({ firstName }) => firstName)).toEqual(['Ada', 'Grace'])
    })
  })

  it('without a state is fetched again and breaks no list meanwhile', async () => {
    const { profile, dexie, ids } = await closedWith(['Ada', 'Grace'])
    await dexie.table('rows_contact').put({ id: ids[0] })
    dexie.close()
    profile.server.switches.isReachable = false
    const store = await windows.window(profile)
    const shown = async () =>
      (await store.list({ entity: 'contact', search: 'a' })).rows.map(({ firstName }) => firstName)
    expect(await shown()).toEqual(['Grace'])
    await goOnline(profile, store)
    await vi.waitFor(async () => expect(await shown()).toEqual(['Ada', 'Grace']))
  })
})

describe('a damaged state', () => {
  it('does not stop an edit, and the record is fetched again', async () => {
    const { profile, dexie, ids, server } = await closedWith(['Ada'])
    await dexie.table('rows_contact').update(ids[0], { $state: new Uint8Array([9, 9, 9]) })
    dexie.close()
    const store = await windows.window(profile)
    await settled(store)
    await goOffline(profile, store)
    await commit(store, [{ entity: 'contact', id: ids[0] ?? '', set: { jobTitle: 'Countess' } }])
    await goOnline(profile, store)
    await vi.waitFor(async () =>
      expect(await store.get('contact', ids[0] ?? '')).toMatchObject({
        firstName: 'Ada',
        jobTitle: 'Countess',
      }),
    )
    expect(server.row('contact', ids[0] ?? '')).toMatchObject({ jobTitle: 'Countess' })
  })

  it('from the server leaves the row as it was and lets others pass', async () => {
    const { store, server } = await liveWindow(windows)
    const [bad, good] = [newId(), newId()]
    for (const id of [bad, good])
      await commit(store, [{ entity: 'tag', id, set: { name: 'Old' }, create: true }])
    await settled(store)
    const held = server.gate.records.get(`tag ${bad}`) ?? expect.fail()
    server.gate.records.set(`tag ${bad}`, { ...held, state: new Uint8Array([1]), seq: 3 })
    server.gate.state.seq = 3
    server.edit({ entity: 'tag', id: good, t: 'zzzzzzzz00000otherdevic', s: { name: 'New' } })
    await vi.waitFor(async () =>
      expect(await store.get('tag', good)).toMatchObject({ name: 'New' }),
    )
    expect(await store.get('tag', bad)).toMatchObject({ name: 'Old' })
  })
})

describe('the database', () => {
  it('of a newer version is left alone with a message', async () => {
    const { profile, dexie } = await closedWith(['Ada'])
    await dexie.table('meta').update('sync', { format: 99 })
    dexie.close()
    const store = await windows.window(profile)
    await expect(store.list({ entity: 'contact' })).rejects.toThrow('newer version of Roadbook')
    expect(await store.session()).toMatchObject({ userName: 'Ada' })
  })

  it('of an older version is taken over, and left alone by that version from then on', async () => {
    const { profile, dexie } = await closedWith(['Ada'])
    await dexie.table('meta').update('sync', { format: 1 })
    dexie.close()
    const store = await windows.window(profile)
    expect((await store.list({ entity: 'contact' })).rows).toMatchObject([{ firstName: 'Ada' }])
    const after = await behindTheScenes(profile)
    expect(await after.table('meta').get('sync')).toMatchObject({ format: 2 })
    after.close()
  })

  it('written with other declarations is derived anew', async () => {
    const { profile, dexie, ids } = await closedWith(['Ada'])
    await dexie.table('meta').update('sync', { registry: 'old' })
    await dexie.table('rows_contact').update(ids[0], { active: undefined, firstName: 'stale' })
    dexie.close()
    profile.server.switches.isReachable = false
    const store = await windows.window(profile)
    expect((await store.list({ entity: 'contact' })).rows).toMatchObject([
      { firstName: 'Ada', active: true },
    ])
  })

  it('that is taken away under the window is reported', async () => {
    const { store, profile } = await liveWindow(windows)
    const name = (await profile.indexedDB.databases()).find((each) =>
      each.name?.match(/-.*-/),
    )?.name
    profile.indexedDB.deleteDatabase(name ?? '')
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({
        state: 'blocked',
        reason: { code: 'storage.lost' },
      }),
    )
  })
})
