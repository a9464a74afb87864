import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import type { StoreEvent } from './api'
import {
  commit,
  createTestProfile,
  createWindows,
  goOffline,
  goOnline,
  liveWindow,
  settled,
  signIn,
} from './test-platform'
import { createTestServer } from './test-server'

const windows = createWindows()
afterEach(windows.closeAll)

const twoMachines = async () => {
  const server = createTestServer()
  const one = await liveWindow(windows, createTestProfile(server))
  const two = await liveWindow(windows, createTestProfile(server))
  return { server, one, two }
}

const aContact = async (
  { store }: Pick<Awaited<ReturnType<typeof liveWindow>>, 'store'>,
  set: { [field: string]: unknown } = {},
) => {
  const id = newId()
  await commit(store, [
    { entity: 'contact', id, set: { firstName: 'Grace', ...set }, create: true },
  ])
  return id
}

const setTo = (id: string, set: { [field: string]: unknown }) => [{ entity: 'contact', id, set }]

describe('an edit', () => {
  it('arrives at the server and on another machine', async () => {
    const { one, two } = await twoMachines()
    const id = await aContact(one)
    await vi.waitFor(async () =>
      expect(await two.store.get('contact', id)).toMatchObject({ firstName: 'Grace' }),
    )
    await settled(one.store)
    expect(await one.store.get('contact', id)).toEqual(await two.store.get('contact', id))
  })

  it('made offline survives closing the window', async () => {
    const { profile, store, server } = await liveWindow(windows)
    await goOffline(profile, store)
    const id = await aContact({ store })
    await store.close()
    const again = await windows.window(profile)
    expect(await again.list({ entity: 'contact' })).toMatchObject({
      rows: [{ id, firstName: 'Grace' }],
      total: 1,
    })
    expect(await again.status()).toMatchObject({ waiting: 1 })
    await goOnline(profile, again)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
  })

  it('of another field by somebody else is merged', async () => {
    const { one, two } = await twoMachines()
    const id = await aContact(one)
    await vi.waitFor(async () => expect(await two.store.get('contact', id)).not.toBeNull())
    await goOffline(one.profile, one.store)
    await goOffline(two.profile, two.store)
    await commit(one.store, setTo(id, { phone: '+493012345' }))
    await commit(two.store, setTo(id, { jobTitle: 'Admiral' }))
    await goOnline(one.profile, one.store)
    await goOnline(two.profile, two.store)
    await vi.waitFor(async () => {
      const row = await one.store.get('contact', id)
      expect(row).toMatchObject({ phone: '+493012345', jobTitle: 'Admiral' })
      expect(await two.store.get('contact', id)).toEqual(row)
    })
  })

  it('of tags merges tag by tag', async () => {
    const { one, two } = await twoMachines()
    const [a, b, c] = [newId(), newId(), newId()]
    const id = await aContact(one, { tags: [a] })
    await vi.waitFor(async () => expect(await two.store.get('contact', id)).not.toBeNull())
    await goOffline(one.profile, one.store)
    await goOffline(two.profile, two.store)
    await commit(one.store, setTo(id, { tags: [a, b] }))
    await commit(two.store, setTo(id, { tags: [c] }))
    await goOnline(one.profile, one.store)
    await goOnline(two.profile, two.store)
    await vi.waitFor(async () => {
      expect((await one.store.get('contact', id))?.tags).toEqual([b, c].sort())
      expect((await two.store.get('contact', id))?.tags).toEqual([b, c].sort())
    })
  })

  it('of notes merges what both wrote', async () => {
    const { one, two } = await twoMachines()
    const id = await aContact(one, { notes: 'first\nlast' })
    await vi.waitFor(async () =>
      expect(await two.store.get('contact', id)).toMatchObject({ notes: 'first\nlast' }),
    )
    await goOffline(one.profile, one.store)
    await goOffline(two.profile, two.store)
    await commit(one.store, setTo(id, { notes: 'zero\nfirst\nlast' }))
    await commit(two.store, setTo(id, { notes: 'first\nlast\nend' }))
    await goOnline(one.profile, one.store)
    await goOnline(two.profile, two.store)
    await vi.waitFor(async () => {
      const notes = 'zero\nfirst\nlast\nend'
      expect((await one.store.get('contact', id))?.notes).toBe(notes)
      expect((await two.store.get('contact', id))?.notes).toBe(notes)
    })
  })

  it('fills in who and when, defaults and the owner', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const id = await aContact({ store }, { email: '' })
    expect(await store.get('contact', id)).toMatchObject({
      createdAt: new Date(profile.time.now()).toISOString(),
      createdBy: server.auth.user.id,
      ownerId: server.auth.user.id,
      active: true,
      email: null,
    })
  })

  it('that changes nothing is not stored', async () => {
    const { store, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    const id = await aContact({ store })
    expect(await store.commit(setTo(id, { firstName: 'Grace' }), { label: 'x' })).toEqual({
      ok: true,
      undoId: null,
    })
    expect(await store.status()).toMatchObject({ waiting: 1 })
  })

  it('with an invalid value is refused by field and nothing of its commit is stored', async () => {
    const { store } = await liveWindow(windows)
    const result = await store.commit(
      [
        { entity: 'contact', id: newId(), set: { firstName: 'Ok' }, create: true },
        { entity: 'contact', id: newId(), set: { firstName: 'X', email: 'no' }, create: true },
      ],
      { label: 'x' },
    )
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'record.invalid', errors: [{ path: 'email' }] },
    })
    expect(await store.list({ entity: 'contact' })).toMatchObject({ total: 0 })
    expect(await store.status()).toMatchObject({ waiting: 0 })
  })

  it('that lacks a required field is refused', async () => {
    const { store } = await liveWindow(windows)
    const result = await store.commit(
      [{ entity: 'contact', id: newId(), set: { lastName: 'Hopper' }, create: true }],
      { label: 'x' },
    )
    expect(result).toMatchObject({ ok: false, refusal: { errors: [{ path: 'firstName' }] } })
  })

  it('is refused where the role does not allow it', async () => {
    const server = createTestServer()
    server.auth.role = 'read_only'
    const { store } = await liveWindow(windows, createTestProfile(server))
    const result = await store.commit(
      [{ entity: 'contact', id: newId(), set: { firstName: 'X' }, create: true }],
      { label: 'x' },
    )
    expect(result).toMatchObject({ ok: false, refusal: { code: 'auth.forbidden' } })
  })
})

describe('several edits at once', () => {
  it('travel as one group and number on without gaps', async () => {
    const { store, server } = await liveWindow(windows)
    await commit(
      store,
      [1, 2, 3].map((n) => ({
        entity: 'contact',
        id: newId(),
        set: { firstName: `N${n}` },
        create: true,
      })),
    )
    await aContact({ store })
    await settled(store)
    const edits = server.seen.pushes.flat()
    expect(edits.map(({ n }) => n)).toEqual([1, 2, 3, 4])
    expect(new Set(edits.slice(0, 3).map(({ g }) => g)).size).toBe(1)
    expect(edits[0]?.g).toBeTypeOf('string')
    expect(edits[3]?.g).toBeUndefined()
  })

  it('of a very large commit arrive in pushes that split no group', async () => {
    const { store, server, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    const changes = Array.from({ length: 1200 }, (_, n) => ({
      entity: 'tag',
      id: newId(),
      set: { name: `Tag ${n}` },
      create: true,
    }))
    await commit(store, changes)
    await goOnline(profile, store)
    const sizes = server.seen.pushes.map((edits) => edits.length)
    expect(sizes).toEqual([500, 500, 200])
    for (const push of server.seen.pushes) expect(new Set(push.map(({ g }) => g)).size).toBe(1)
  })
})

describe('listening', () => {
  it('tells what changed, also when another window changed it', async () => {
    const { profile, store } = await liveWindow(windows)
    const other = await windows.window(profile)
    const events: StoreEvent[] = []
    await other.subscribe((event) => events.push(event))
    const id = await aContact({ store })
    await vi.waitFor(() =>
      expect(events).toContainEqual({ type: 'changed', entity: 'contact', ids: [id] }),
    )
    expect(await other.get('contact', id)).toMatchObject({ firstName: 'Grace' })
    expect((await other.list({ entity: 'contact' })).total).toBe(1)
    await vi.waitFor(() =>
      expect(events).toContainEqual({ type: 'history', canUndo: 'Edit', canRedo: null }),
    )
  })
})

describe('windows', () => {
  it('take over at once when the one that syncs goes away', async () => {
    const { profile, store, server } = await liveWindow(windows)
    const other = await windows.window(profile)
    await settled(other)
    await store.close()
    const id = await aContact({ store: other })
    await settled(other)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
  })

  it('that do not lead get their edits pushed by the one that does', async () => {
    const { profile, server } = await liveWindow(windows)
    const other = await windows.window(profile)
    const id = await aContact({ store: other })
    await settled(other)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
    expect(server.seen.hellos).toHaveLength(1)
  })

  it('write with numbers and stamps of their own', async () => {
    const { profile, store, server } = await liveWindow(windows)
    const other = await windows.window(profile)
    const id = await aContact({ store })
    await Promise.all([
      ...[1, 2, 3].map((n) => commit(store, setTo(id, { score: n }))),
      ...[4, 5, 6].map((n) => commit(other, setTo(id, { score: n }))),
    ])
    await settled(store)
    const edits = server.seen.pushes.flat()
    expect(edits.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(new Set(edits.map(({ t }) => t)).size).toBe(7)
  })
})

describe('signing in', () => {
  it('says what the server has against it', async () => {
    const store = await windows.window(createTestProfile())
    const wrong = { serverUrl: 'http://localhost:8150', email: 'ada@demo.test', password: 'no' }
    await expect(store.signIn(wrong)).rejects.toThrow(
      'The e-mail address or the password is wrong.',
    )
    expect(await store.session()).toBeNull()
    expect((await store.status()).state).toBe('signedOut')
  })

  it('names the address that cannot be reached', async () => {
    const profile = createTestProfile()
    profile.server.switches.isReachable = false
    const store = await windows.window(profile)
    await expect(signIn(store)).rejects.toThrow('http://localhost:8150 cannot be reached')
  })

  it('shows in the other windows, and signing out too', async () => {
    const profile = createTestProfile()
    const store = await windows.window(profile)
    const other = await windows.window(profile)
    await signIn(store)
    await vi.waitFor(async () => expect(await other.session()).toMatchObject({ userName: 'Ada' }))
    await store.signOut({ wipe: false })
    await vi.waitFor(async () => expect(await other.session()).toBeNull())
  })

  it('again as the same user finds what was stored', async () => {
    const { store, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    const id = await aContact({ store })
    await store.signOut({ wipe: false })
    await expect(store.get('contact', id)).rejects.toThrow('Sign in first.')
    profile.server.switches.isReachable = true
    await signIn(store)
    await settled(store)
    expect(profile.server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
  })

  it('out is the last word about the status', async () => {
    const { store } = await liveWindow(windows)
    const states: string[] = []
    await store.subscribe((event) => {
      if (event.type === 'status') states.push(event.status.state)
    })
    await aContact({ store })
    await store.signOut({ wipe: false })
    await signIn(store)
    await store.signOut({ wipe: true })
    expect(states).not.toContain('blocked')
    expect(states.at(-1)).toBe('signedOut')
  })

  it('after a wipe finds nothing of it on this machine', async () => {
    const { store, profile } = await liveWindow(windows)
    await aContact({ store })
    await store.signOut({ wipe: true })
    const names = (await profile.indexedDB.databases()).map(({ name }) => name)
    expect(names).toEqual(['roadbook-profile'])
  })
})

describe('random edits on three machines', () => {
  it('converge to the same rows', async () => {
    const server = createTestServer()
    const machines = await Promise.all(
      [1, 2, 3].map(() => liveWindow(windows, createTestProfile(server))),
    )
    const ids = [newId(), newId()]
    for (const id of ids)
      await commit(machines[0]?.store ?? expect.fail(), [
        { entity: 'contact', id, set: { firstName: 'A' }, create: true },
      ])
    const step = fc.record({
      machine: fc.integer({ min: 0, max: 2 }),
      record: fc.integer({ min: 0, max: 1 }),
      field: fc.constantFrom('firstName', 'lastName', 'jobTitle', 'notes'),
      value: fc.stringMatching(/^[a-z]{1,8}$/),
      cut: fc.boolean(),
    })
    const steps = fc.sample(fc.array(step, { minLength: 40, maxLength: 60 }), 1)[0] ?? []
    for (const { machine, record, field, value, cut } of steps) {
      if (cut) server.cut()
      const store = machines[machine]?.store ?? expect.fail()
      await store.commit(setTo(ids[record] ?? '', { [field]: value }), { label: 'x' })
    }
    for (const { store } of machines) await store.syncNow()
    for (const { store } of machines) await settled(store)
    await vi.waitFor(async () => {
      for (const id of ids)
        for (const { store } of machines)
          expect(await store.get('contact', id)).toEqual(server.row('contact', id))
    })
  })
})
