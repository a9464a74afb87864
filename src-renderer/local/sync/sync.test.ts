import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import {
  commit,
  createTestProfile,
  createWindows,
  goOffline,
  goOnline,
  liveWindow,
  settled,
  signIn,
} from '../test-platform'
import { aContact, rename, stampOf } from '../test-records'
import { createTestServer } from '../test-server'

const windows = createWindows()
afterEach(windows.closeAll)

const refusal = new Refusal('auth.forbidden').info

describe('a refused edit', () => {
  const refused = async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    await settled(live.store)
    live.server.gate.state.judge = ({ s }) => ('jobTitle' in s ? refusal : undefined)
    await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Admiral' } }])
    await vi.waitFor(async () => expect(await live.store.issues()).toHaveLength(1))
    return { ...live, id }
  }

  it('becomes an issue and the record shows what the server has', async () => {
    const { store, id } = await refused()
    expect(await store.get('contact', id)).toMatchObject({ jobTitle: null })
    expect(await store.issues()).toMatchObject([
      { entity: 'contact', recordId: id, title: 'Grace', values: { jobTitle: 'Admiral' }, refusal },
    ])
    expect(await store.status()).toMatchObject({ problems: 1, waiting: 0 })
    expect(await store.recordSync('contact', id)).toEqual({
      pendingFields: [],
      refusedFields: ['jobTitle'],
      lostFields: [],
    })
  })

  it('holds up nothing behind it', async () => {
    const { store, id, server } = await refused()
    await commit(store, rename(id, 'Ada'))
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Ada' })
  })

  it('can be sent again with other values', async () => {
    const { store, id, server } = await refused()
    const [issue] = await store.issues()
    server.gate.state.judge = () => undefined
    expect(await store.retryIssue(issue?.id ?? '', { jobTitle: 'Captain' })).toMatchObject({
      ok: true,
    })
    await settled(store)
    expect(await store.issues()).toEqual([])
    expect(server.row('contact', id)).toMatchObject({ jobTitle: 'Captain' })
  })

  it('is not sent again with values that are wrong', async () => {
    const { store } = await refused()
    const [issue] = await store.issues()
    expect(await store.retryIssue(issue?.id ?? '', { email: 'no' })).toMatchObject({ ok: false })
    expect(await store.issues()).toHaveLength(1)
  })

  it('can be given up', async () => {
    const { store } = await refused()
    const [issue] = await store.issues()
    await store.discardIssue(issue?.id ?? '')
    expect(await store.status()).toMatchObject({ problems: 0 })
  })

  it('that created a record takes the record away until it is sent again', async () => {
    const { store, server } = await liveWindow(windows)
    server.gate.state.judge = () => refusal
    const id = await aContact({ store })
    await vi.waitFor(async () => expect(await store.issues()).toHaveLength(1))
    expect(await store.get('contact', id)).toBeNull()
    server.gate.state.judge = () => undefined
    const [issue] = await store.issues()
    await store.retryIssue(issue?.id ?? '')
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
  })
})

describe('a line that loses things', () => {
  it('loses no edit when the acknowledgement is lost', async () => {
    const { store, server, profile } = await liveWindow(windows)
    server.switches.loses = ({ type }) => type === 'ack'
    const id = await aContact({ store })
    await vi.waitFor(() => expect(server.row('contact', id)).toBeDefined())
    server.switches.loses = () => false
    server.cut()
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    profile.time.advance(1000)
    await settled(store)
    expect(server.seen.pushes).toHaveLength(2)
    expect(server.gate.state.seq).toBe(1)
  })

  it('fetches what a lost live frame held as soon as the next one shows the gap', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const [lost, next] = [newId(), newId()]
    server.switches.loses = ({ type }) => type === 'live'
    const t = stampOf(profile)
    server.edit({ entity: 'contact', id: lost, t, s: { firstName: 'Lost' } })
    server.switches.loses = () => false
    server.edit({ entity: 'contact', id: next, t, s: { firstName: 'Next' } })
    await vi.waitFor(async () =>
      expect(await store.getMany('contact', [lost, next])).toHaveLength(2),
    )
  })

  it('is not disturbed by frames that come twice', async () => {
    const server = createTestServer()
    server.switches.copies = 2
    server.gate.state.pageLimit = 2
    for (let n = 0; n < 7; n += 1)
      server.edit({
        entity: 'tag',
        id: newId(),
        t: `00000000${n}0000otherdevic`,
        s: { name: `Tag ${n}` },
      })
    const { store } = await liveWindow(windows, createTestProfile(server))
    await aContact({ store })
    await settled(store)
    expect((await store.list({ entity: 'tag' })).total).toBe(7)
    expect(server.gate.state.seq).toBe(8)
  })

  it('is given up after a silence and opened again', async () => {
    const { store, server, profile } = await liveWindow(windows)
    server.switches.loses = () => true
    profile.time.advance(10_000)
    profile.time.advance(10_000)
    server.switches.loses = () => false
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    profile.time.advance(1000)
    await settled(store)
    expect(server.seen.hellos).toHaveLength(2)
  })
})

describe('an edit that waits', () => {
  it('stays in sight while older states of its record arrive', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const id = await aContact({ store })
    await settled(store)
    server.switches.loses = ({ type }) => type === 'ack'
    await commit(store, rename(id, 'Mine'))
    server.edit({ entity: 'contact', id, t: stampOf(profile, -5000), s: { lastName: 'Theirs' } })
    await vi.waitFor(async () =>
      expect(await store.get('contact', id)).toMatchObject({
        firstName: 'Mine',
        lastName: 'Theirs',
      }),
    )
    expect(await store.recordSync('contact', id)).toMatchObject({ pendingFields: ['firstName'] })
  })

  it('outlives a catch-up whose page ends before its record', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const id = await aContact({ store })
    await settled(store)
    server.switches.loses = ({ type }) => type === 'live'
    await commit(store, rename(id, 'Mine'))
    await vi.waitFor(() => expect(server.row('contact', id)).toMatchObject({ firstName: 'Mine' }))
    expect(await store.get('contact', id)).toMatchObject({ firstName: 'Mine' })
    server.switches.loses = () => false
    await goOffline(profile, store)
    expect(await store.get('contact', id)).toMatchObject({ firstName: 'Mine' })
    await goOnline(profile, store)
    expect(await store.get('contact', id)).toMatchObject({ firstName: 'Mine' })
  })

  it('can be exported', async () => {
    const { store, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    await commit(store, [
      { entity: 'contact', id: newId(), set: { firstName: 'Ada', notes: 'Hi' }, create: true },
    ])
    const { waiting } = JSON.parse(await store.exportOutbox())
    expect(waiting).toMatchObject([
      { s: { firstName: 'Ada' }, x: { notes: { base64: expect.any(String) } } },
    ])
  })

  it('that the server cannot read becomes an issue and lets the others pass', async () => {
    const { store, server, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    const bad = await aContact({ store }, { firstName: 'Bad' })
    const good = await aContact({ store }, { firstName: 'Good' })
    server.switches.isMalformed = (edits) => edits.some(({ id }) => id === bad)
    server.switches.isReachable = true
    await store.syncNow()
    await vi.waitFor(async () => {
      profile.time.advance(5000)
      expect(await store.issues()).toMatchObject([{ recordId: bad }])
      expect(server.row('contact', good)).toMatchObject({ firstName: 'Good' })
    })
  })
})

it('a clock that is years behind does not make edits lose to what they change', async () => {
  const { store, server, profile } = await liveWindow(windows)
  const id = newId()
  const t = stampOf(profile, 3 * 365 * 24 * 60 * 60 * 1000)
  server.edit({ entity: 'contact', id, t, s: { firstName: 'Theirs' } })
  await vi.waitFor(async () => expect(await store.get('contact', id)).not.toBeNull())
  await commit(store, [{ entity: 'contact', id, set: { firstName: 'Mine' } }])
  await settled(store)
  expect(await store.get('contact', id)).toMatchObject({ firstName: 'Mine' })
  expect(server.row('contact', id)).toMatchObject({ firstName: 'Mine' })
})

describe('the connection', () => {
  it('tells how far the first catch-up has come', async () => {
    const server = createTestServer()
    server.gate.state.pageLimit = 2
    for (let n = 0; n < 5; n += 1)
      server.edit({ entity: 'tag', id: newId(), t: `00000000${n}0000otherdevic`, s: { name: 'T' } })
    const store = await windows.window(createTestProfile(server))
    const states: unknown[] = []
    await store.subscribe((event) => {
      if (event.type === 'status') states.push(event.status)
    })
    await signIn(store)
    await settled(store)
    expect(states).toContainEqual({
      state: 'syncing',
      done: 2,
      total: 5,
      waiting: 0,
      problems: 0,
      lost: 0,
      news: 0,
      audit: null,
      copy: { isWhole: true, share: 1, latest: null },
    })
  })

  it('stops with the reason when this version is too old, and goes on after the update', async () => {
    const profile = createTestProfile()
    profile.server.switches.tooOld = true
    const store = await windows.window(profile)
    await signIn(store)
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({
        state: 'blocked',
        reason: { code: 'sync.protocol' },
      }),
    )
    profile.server.switches.tooOld = false
    await store.syncNow()
    await settled(store)
  })

  it('refreshes its token before that expires', async () => {
    const { server, profile } = await liveWindow(windows)
    profile.time.advance(14 * 60_000 + 1)
    await vi.waitFor(() => expect(server.auth.refreshed).toBe(1))
    expect(server.seen.hellos).toHaveLength(1)
  })

  it('whose token is rejected comes back with a fresh one', async () => {
    const { store, server } = await liveWindow(windows)
    server.auth.access.clear()
    server.cut()
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    await store.syncNow()
    await settled(store)
    expect(server.auth.refreshed).toBe(1)
  })

  it('whose session was ended keeps the data and asks to sign in again', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const id = await aContact({ store })
    await settled(store)
    server.auth.access.clear()
    server.auth.sessionEnded = true
    server.cut()
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    profile.time.advance(60_000)
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({
        state: 'blocked',
        reason: { code: 'auth.expired' },
      }),
    )
    expect(await store.get('contact', id)).toMatchObject({ firstName: 'Grace' })
    server.auth.sessionEnded = false
    await signIn(store)
    await settled(store)
  })

  it('comes back at once with the network, and rests without it', async () => {
    const { store, profile, server } = await liveWindow(windows)
    profile.setOnline(false)
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    profile.time.advance(60_000)
    expect(server.seen.hellos).toHaveLength(1)
    profile.setOnline(true)
    await settled(store)
  })

  it('is tried again and again, ever more slowly', async () => {
    const { store, profile, server } = await liveWindow(windows)
    await goOffline(profile, store)
    server.switches.isReachable = true
    profile.time.advance(374)
    expect(server.seen.hellos).toHaveLength(1)
    profile.time.advance(1)
    await settled(store)
    expect(server.seen.hellos).toHaveLength(2)
  })
})
