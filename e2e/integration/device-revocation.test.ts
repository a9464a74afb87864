/** A lost machine is sent away: at its next contact it forgets everything, and says why. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { deviceListSchema } from '../../shared/protocol/devices'
import { createWorld, everything, type Machine, password, settled, type World } from './world'

let world: World

beforeEach(async () => {
  world = await createWorld()
  await world.person('olga', 'owner')
  await world.person('sue', 'sales')
  await world.person('tom', 'sales')
  await world.write({ entity: 'contact', s: { firstName: 'Canary' } })
})
afterEach(() => world.end())

const ask = async ({ store }: Machine, path = '', method = 'GET') => {
  const { serverUrl, token } = await store.access()
  const headers = { authorization: `Bearer ${token}` }
  return fetch(`${serverUrl}/api/v1/auth/devices${path}`, { method, headers })
}

const devicesOf = async (machine: Machine) =>
  deviceListSchema.parse(await (await ask(machine)).json()).items

const ownDevice = async (machine: Machine): Promise<string> =>
  (await devicesOf(machine)).find((one) => one.is_current)?.id ?? ''

const expectWiped = async ({ profile, store }: Machine) => {
  await vi.waitFor(async () => expect(await store.session()).toBeNull(), { timeout: 10_000 })
  await vi.waitFor(async () => expect(await profile.indexedDB.databases()).toHaveLength(1))
  const rest = await everything(profile)
  expect(rest).not.toContain('Canary')
  expect(rest).not.toContain('rbr_')
  expect(await store.ended()).toMatchObject({ code: 'device.revoked' })
}

it('forgets everything at once while it is connected', async () => {
  const lost = await world.machine('sue')
  const other = await world.machine('sue')
  const id = await ownDevice(lost)
  expect((await ask(other, `/${id}`, 'DELETE')).status).toBe(204)
  await expectWiped(lost)
  await settled(other.store)
  expect(await devicesOf(other)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id, is_current: false, told_at: expect.any(String) }),
    ]),
  )
})

it('forgets everything at its next contact, edits that it had not sent included', async () => {
  const lost = await world.machine('sue')
  const id = await ownDevice(lost)
  await lost.store.close()
  const away = lost.open()
  await world.stop()
  const [row] = (await away.list({ entity: 'contact' })).rows
  const set = { jobTitle: 'Canary keeper' }
  await away.commit([{ entity: 'contact', id: row?.id ?? '', set }], { label: 'Edit' })
  await world.start()
  const owner = await world.machine('olga')
  expect((await ask(owner, `/${id}`, 'DELETE')).status).toBe(204)
  // It may have come by itself by now, and has nothing to sync any more then.
  await away.syncNow().catch((error) => expect(error).toMatchObject({ message: 'Sign in first.' }))
  await expectWiped({ ...lost, store: away })
})

it('is known as before once its user signs in again, and as another device', async () => {
  const lost = await world.machine('sue')
  const id = await ownDevice(lost)
  await ask(lost, `/${id}`, 'DELETE')
  await expectWiped(lost)
  const serverUrl = world.server().address
  await lost.store.signIn({ serverUrl, email: 'sue@demo.test', password })
  await settled(lost.store)
  expect(await lost.store.ended()).toBeNull()
  expect((await lost.store.list({ entity: 'contact' })).total).toBe(1)
  expect(await ownDevice(lost)).not.toBe(id)
})

it('goes on where the revocation is taken back before it learns of it', async () => {
  const found = await world.machine('sue')
  const id = await ownDevice(found)
  await found.store.close()
  const owner = await world.machine('olga')
  await ask(owner, `/${id}`, 'DELETE')
  expect((await ask(owner, `/${id}/restore`, 'POST')).status).toBe(204)
  const again = found.open()
  await settled(again)
  expect((await again.list({ entity: 'contact' })).total).toBe(1)
})

it('cannot be called back once it has learned of it', async () => {
  const lost = await world.machine('sue')
  const owner = await world.machine('olga')
  const id = await ownDevice(lost)
  await ask(owner, `/${id}`, 'DELETE')
  await expectWiped(lost)
  expect((await ask(owner, `/${id}/restore`, 'POST')).status).toBe(409)
})

it('is somebody’s own affair, or an owner’s', async () => {
  const sues = await world.machine('sue')
  const toms = await world.machine('tom')
  const id = await ownDevice(sues)
  expect((await devicesOf(toms)).map(({ user }) => user.name)).toEqual(['tom'])
  expect((await ask(toms, `/${id}`, 'DELETE')).status).toBe(404)
  expect((await ask(toms, `/${id}/restore`, 'POST')).status).toBe(404)
  const owner = await world.machine('olga')
  expect((await devicesOf(owner)).map(({ user }) => user.name).sort()).toEqual([
    'olga',
    'sue',
    'tom',
  ])
})
