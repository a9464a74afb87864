/** What machines do to a profile: copies of it, several people at it, its data gone. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import type { OpenStore } from '../../src-renderer/local/store'
import { createWorld, settled, type World } from './world'

let world: World
let contact: string

beforeEach(async () => {
  world = await createWorld()
  await world.person('sue', 'sales')
  await world.person('tom', 'sales')
  contact = await world.write({ entity: 'contact', s: { firstName: 'Ada' } })
})
afterEach(() => world.end())

const edit = (store: OpenStore, set: { [field: string]: unknown }) =>
  store.commit([{ entity: 'contact', id: contact, set }], { label: 'Edit' })

const stored = async () =>
  (await world.server().services.reader.get(world.workspaceId, 'contact', contact))?.row

const devices = () =>
  world
    .server()
    .services.db.$client.prepare<[], string>('select id from device order by id')
    .pluck()
    .all()

it('a copied profile loses nothing that is typed on either machine', async () => {
  const first = await world.machine('sue')
  await edit(first.store, { jobTitle: 'Before' })
  await settled(first.store)
  await first.store.close()
  const copy = await world.copyOf(first)
  await world.stop()
  // Both are without network and give their next edit the same number.
  const [one, other] = [first.open(), copy.open()]
  await edit(one, { department: 'Of the first' })
  await edit(other, { source: 'Of the copy' })
  await edit(other, { jobTitle: 'Of the copy as well' })
  await world.start()
  await world.signIn(one, 'sue')
  await world.signIn(other, 'sue')
  await vi.waitFor(async () =>
    expect(await stored()).toMatchObject({
      department: 'Of the first',
      source: 'Of the copy',
      jobTitle: 'Of the copy as well',
    }),
  )
  expect(await other.issues()).toEqual([])
  expect(devices()).toHaveLength(2)
  await vi.waitFor(async () =>
    expect(await one.get('contact', contact)).toMatchObject({ source: 'Of the copy' }),
  )
})

it('a copied profile is noticed while both machines are connected', async () => {
  const first = await world.machine('sue')
  await edit(first.store, { jobTitle: 'Before' })
  await settled(first.store)
  await first.store.close()
  const copy = await world.copyOf(first)
  const [one, other] = [first.open(), copy.open()]
  await world.signIn(one, 'sue')
  await world.signIn(other, 'sue')
  await edit(one, { department: 'Of the first' })
  await settled(one)
  await edit(other, { source: 'Of the copy' })
  await settled(other)
  expect(await stored()).toMatchObject({ department: 'Of the first', source: 'Of the copy' })
  expect(devices()).toHaveLength(2)
})

it('a profile that was brought back from an older backup goes on', async () => {
  const first = await world.machine('sue')
  const backup = await world.copyOf(first)
  await edit(first.store, { jobTitle: 'After the backup' })
  await settled(first.store)
  await first.store.close()
  const back = backup.open()
  await world.signIn(back, 'sue')
  await edit(back, { department: 'After it was brought back' })
  await settled(back)
  expect(await back.get('contact', contact)).toMatchObject({ jobTitle: 'After the backup' })
  expect(await stored()).toMatchObject({ department: 'After it was brought back' })
})

it('two people at one machine have a copy each, and what one has not sent waits for them', async () => {
  const { store } = await world.machine('sue')
  await world.stop()
  await edit(store, { jobTitle: 'Of Sue' })
  await store.signOut({ wipe: false })
  await world.start()
  await world.signIn(store, 'tom')
  expect(await store.get('contact', contact)).toMatchObject({ jobTitle: null })
  expect((await store.status()).waiting).toBe(0)
  await edit(store, { department: 'Of Tom' })
  await settled(store)
  await store.signOut({ wipe: false })
  await world.signIn(store, 'sue')
  expect(await stored()).toMatchObject({ jobTitle: 'Of Sue', department: 'Of Tom' })
})

it('data that is deleted while it is in use is reported, and comes back with the next start', async () => {
  const { profile, store, open } = await world.machine('sue')
  const [name = ''] = (await profile.indexedDB.databases())
    .map((database) => database.name ?? '')
    .filter((one) => one !== 'roadbook-profile')
  profile.indexedDB.deleteDatabase(name)
  await vi.waitFor(async () =>
    expect(await store.status()).toMatchObject({
      state: 'blocked',
      reason: { code: 'storage.lost' },
    }),
  )
  const refused = await edit(store, { jobTitle: 'Into nothing' }).catch((cause: Error) => cause)
  expect(refused).toBeInstanceOf(Error)
  await store.close()
  const again = open()
  await settled(again)
  expect(await again.get('contact', contact)).toMatchObject({ firstName: 'Ada' })
  const id = newId()
  const set = { firstName: 'Grace' }
  await again.commit([{ entity: 'contact', id, create: true, set }], { label: 'Add' })
  await settled(again)
})
