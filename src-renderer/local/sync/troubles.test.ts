/** What happens to machines: sleep, wrong clocks, full disks. */
import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatStamp } from '../../../shared/kernel/clock'
import { newId } from '../../../shared/kernel/ids'
import {
  commit,
  createTestProfile,
  createWindows,
  liveWindow,
  settled,
  signIn,
  type TestProfile,
} from '../test-platform'

const windows = createWindows()
afterEach(async () => {
  vi.restoreAllMocks()
  await windows.closeAll()
})

const weekMs = 7 * 24 * 3600_000

const stampOf = (profile: TestProfile) =>
  formatStamp({ ms: profile.time.now(), counter: 0, device: 'otherdevic' })

describe('a laptop that slept for a week', () => {
  it('finds its line dead, connects again and catches up by itself', async () => {
    const { store, server, profile } = await liveWindow(windows)
    // The line is open in name only: nothing arrives, and nobody says so.
    server.switches.loses = () => true
    const id = newId()
    server.edit({ entity: 'contact', id, t: stampOf(profile), s: { firstName: 'Meanwhile' } })
    profile.time.advance(weekMs)
    server.switches.loses = () => false
    await vi.waitFor(async () => {
      profile.time.advance(10_000)
      expect(await store.get('contact', id)).toMatchObject({ firstName: 'Meanwhile' })
    })
    await settled(store)
  })

  it('sends what was typed just before it slept', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const id = newId()
    server.switches.loses = () => true
    const set = { firstName: 'Typed' }
    await commit(store, [{ entity: 'contact', id, create: true, set }])
    profile.time.advance(weekMs)
    server.switches.loses = () => false
    await vi.waitFor(async () => {
      profile.time.advance(10_000)
      expect(server.row('contact', id)).toMatchObject(set)
      expect((await store.status()).waiting).toBe(0)
    })
    expect(server.seen.pushes.flat().filter((edit) => edit.id === id).length).toBeGreaterThan(0)
    expect(await store.issues()).toEqual([])
  })
})

describe('a clock that is wrong', () => {
  it.each([3 * 365, -3 * 365])('by %i days is told, and stops nothing', async (days) => {
    const profile = createTestProfile()
    profile.server.switches.clockOffMs = -days * 24 * 3600_000
    const store = await windows.window(profile)
    await signIn(store)
    await settled(store)
    expect(await store.status()).toMatchObject({ clockOffMs: days * 24 * 3600_000 })
    const id = newId()
    await commit(store, [{ entity: 'contact', id, create: true, set: { firstName: 'Ada' } }])
    await settled(store)
    expect(profile.server.row('contact', id)).toMatchObject({ firstName: 'Ada' })
  })

  it('by a minute is nobody’s business', async () => {
    const profile = createTestProfile()
    profile.server.switches.clockOffMs = 60_000
    const store = await windows.window(profile)
    await signIn(store)
    await settled(store)
    expect(await store.status()).not.toHaveProperty('clockOffMs')
  })
})

describe('a disk that is full', () => {
  it('stops sync with the reason, and goes on where it was once there is room', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const real = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (this.name === 'rows_contact') throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, args)
    })
    const id = newId()
    server.edit({ entity: 'contact', id, t: stampOf(profile), s: { firstName: 'Ada' } })
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({
        state: 'blocked',
        reason: { code: 'storage.full' },
      }),
    )
    expect(await store.get('contact', id)).toBeNull()
    vi.restoreAllMocks()
    await store.syncNow()
    await settled(store)
    expect(await store.get('contact', id)).toMatchObject({ firstName: 'Ada' })
  })
})
