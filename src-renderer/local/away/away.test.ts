import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../../shared/kernel/ids'
import {
  commit,
  createWindows,
  goOffline,
  goOnline,
  liveWindow,
  settled,
  signIn,
} from '../test-platform'
import { aContact as makeContact, stampOf } from '../test-records'

const windows = createWindows()
afterEach(windows.closeAll)

type Live = Awaited<ReturnType<typeof liveWindow>>

const aContact = async (live: Live) => {
  const id = await makeContact(live, { firstName: 'Grace', phone: '+14155550100' })
  await settled(live.store)
  return id
}

const colleague = (live: Live, id: string, s: { [field: string]: unknown }, offsetMs = 1000) =>
  live.server.edit({ entity: 'contact', id, t: stampOf(live.profile, offsetMs), s }, 'tom')

const awayWith = async (act: (live: Live, id: string) => Promise<void> | void) => {
  const live = await liveWindow(windows)
  const id = await aContact(live)
  await goOffline(live.profile, live.store)
  await act(live, id)
  await goOnline(live.profile, live.store)
  return { ...live, id, report: await live.store.away() }
}

describe('while you were away', () => {
  it('tells who changed what on my records, before and after', async () => {
    const { report, id, store } = await awayWith((live, record) =>
      colleague(live, record, { jobTitle: 'Admiral' }),
    )
    expect(report.changes).toMatchObject([
      {
        entity: 'contact',
        recordId: id,
        title: 'Grace',
        field: 'jobTitle',
        before: null,
        after: 'Admiral',
        by: 'tom',
      },
    ])
    expect(report.since).not.toBeNull()
    expect(await store.status()).toMatchObject({ news: 1, lost: 0 })
  })

  it('tells of a deletion, and of a record that became mine', async () => {
    const { report } = await awayWith((live, id) => {
      colleague(live, id, { deletedAt: '2026-03-01T09:00:00.000Z' })
      const mine = live.server.auth.user.id
      const at = new Date(live.profile.time.now() + 500).toISOString()
      colleague(live, newId(), { firstName: 'Ada', ownerId: mine, createdAt: at, createdBy: 'tom' })
    })
    expect(report.changes.map(({ field, title }) => [field, title]).sort()).toEqual([
      ['createdAt', 'Ada'],
      ['deletedAt', 'Grace'],
    ])
  })

  it('is silent on what comes live, on records of others, and on my own edits elsewhere', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    colleague(live, id, { jobTitle: 'Admiral' })
    await settled(live.store)
    await goOffline(live.profile, live.store)
    colleague(live, newId(), { firstName: 'Ada', ownerId: 'tom', createdBy: 'tom' })
    const { id: me } = live.server.auth.user
    const t = stampOf(live.profile, 2000)
    live.server.edit({ entity: 'contact', id, t, s: { jobTitle: 'Captain' } }, me)
    await goOnline(live.profile, live.store)
    expect(await live.store.away()).toEqual({ since: null, changes: [], lost: [] })
  })

  it('is silent on a first start', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    colleague(live, id, { jobTitle: 'Admiral' })
    await live.store.signOut({ wipe: true })
    await signIn(live.store)
    await settled(live.store)
    expect(await live.store.get('contact', id)).toMatchObject({ jobTitle: 'Admiral' })
    expect((await live.store.away()).changes).toEqual([])
  })

  it('keeps the first value over several absences, and forgets what came back to it', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    for (const [offset, jobTitle] of [
      [1000, 'Admiral'],
      [2000, 'Captain'],
    ] as const) {
      await goOffline(live.profile, live.store)
      colleague(live, id, { jobTitle }, offset)
      await goOnline(live.profile, live.store)
    }
    expect((await live.store.away()).changes).toMatchObject([{ before: null, after: 'Captain' }])
    await goOffline(live.profile, live.store)
    colleague(live, id, { jobTitle: null }, 3000)
    await goOnline(live.profile, live.store)
    expect((await live.store.away()).changes).toEqual([])
  })

  it('is put aside once seen', async () => {
    const { store, report } = await awayWith((live, id) =>
      colleague(live, id, { jobTitle: 'Admiral' }),
    )
    await store.dismissAway(report.changes.map(({ id }) => id))
    expect((await store.away()).changes).toEqual([])
    expect(await store.status()).toMatchObject({ news: 0 })
  })
})

describe('an offline edit that lost to a newer one', () => {
  const lost = () =>
    awayWith(async (live, id) => {
      await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Captain' } }])
      colleague(live, id, { jobTitle: 'Admiral' })
    })

  it('is kept with both values, and not told twice', async () => {
    const { report, store, id } = await lost()
    expect(report.lost).toMatchObject([
      { recordId: id, field: 'jobTitle', mine: 'Captain', theirs: 'Admiral', by: 'tom' },
    ])
    expect(report.changes).toEqual([])
    expect(await store.recordSync('contact', id)).toMatchObject({ lostFields: ['jobTitle'] })
    expect(await store.status()).toMatchObject({ lost: 1, problems: 0, waiting: 0 })
  })

  it('is found also where the newer one comes in after mine was delivered', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    await goOffline(live.profile, live.store)
    await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Captain' } }])
    const unseen = stampOf(live.profile, 2000)
    live.profile.time.advance(60_000)
    await goOnline(live.profile, live.store)
    expect((await live.store.away()).lost).toEqual([])
    live.server.edit({ entity: 'contact', id, t: unseen, s: { jobTitle: 'Admiral' } }, 'tom')
    await vi.waitFor(async () =>
      expect((await live.store.away()).lost).toMatchObject([
        { mine: 'Captain', theirs: 'Admiral' },
      ]),
    )
  })

  it('is no loss where the colleague had seen it', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    await goOffline(live.profile, live.store)
    await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Captain' } }])
    live.profile.time.advance(60_000)
    await goOnline(live.profile, live.store)
    colleague(live, id, { jobTitle: 'Admiral' })
    await vi.waitFor(async () =>
      expect(await live.store.get('contact', id)).toMatchObject({ jobTitle: 'Admiral' }),
    )
    expect((await live.store.away()).lost).toEqual([])
  })

  it('can be applied again by an edit that wins and can be undone', async () => {
    const { report, store, id, server, profile } = await lost()
    profile.time.advance(5000)
    const result = await store.reapplyLost(report.lost[0]?.id ?? '', { label: 'Reapply' })
    expect(result.ok).toBe(true)
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ jobTitle: 'Captain' })
    expect((await store.away()).lost).toEqual([])
    expect(await store.undo()).toBe('Reapply')
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ jobTitle: 'Admiral' })
  })

  it('names the newest of several edits of one field', async () => {
    const { report } = await awayWith(async (live, id) => {
      for (const jobTitle of ['Captain', 'Commander'])
        await commit(live.store, [{ entity: 'contact', id, set: { jobTitle } }])
      colleague(live, id, { jobTitle: 'Admiral' })
    })
    expect(report.lost).toMatchObject([{ mine: 'Commander', theirs: 'Admiral' }])
  })

  it('is no loss where both said the same, or where mine is newer', async () => {
    const { report } = await awayWith(async (live, id) => {
      await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Admiral' } }])
      colleague(live, id, { jobTitle: 'Admiral' })
      colleague(live, id, { jobTitle: 'Cook' }, -1000)
    })
    expect(report.lost).toEqual([])
  })

  it('shows an edit of a record that was deleted meanwhile, and brings it back with the edit', async () => {
    const { report, store, id, profile } = await awayWith(async (live, record) => {
      await commit(live.store, [{ entity: 'contact', id: record, set: { jobTitle: 'Captain' } }])
      colleague(live, record, { deletedAt: '2026-03-01T09:00:00.000Z' })
    })
    expect(report.lost).toMatchObject([{ field: 'deletedAt', mine: null, by: 'tom' }])
    profile.time.advance(5000)
    await store.reapplyLost(report.lost[0]?.id ?? '', { label: 'Restore' })
    expect(await store.get('contact', id)).toMatchObject({ deletedAt: null, jobTitle: 'Captain' })
  })

  it('of one set takes back only the elements that were lost', async () => {
    const [red, green] = [newId(), newId()]
    const { report, store, id, profile } = await awayWith(async (live, record) => {
      await commit(live.store, [{ entity: 'contact', id: record, set: { tags: [red] } }])
      const t = stampOf(live.profile)
      const e = { tags: { add: [green], remove: [red] } }
      live.server.edit({ entity: 'contact', id: record, t, s: {}, e }, 'tom')
    })
    expect(report.lost).toMatchObject([{ field: 'tags', set: { add: [red] } }])
    profile.time.advance(5000)
    await store.reapplyLost(report.lost[0]?.id ?? '', { label: 'Reapply' })
    expect(await store.get('contact', id)).toMatchObject({ tags: [red, green].sort() })
  })
})

describe('what waits', () => {
  it('is listed by record with its fields and the time of the oldest edit', async () => {
    const live = await liveWindow(windows)
    const id = await aContact(live)
    await goOffline(live.profile, live.store)
    const since = new Date(live.profile.time.now()).toISOString()
    await commit(live.store, [{ entity: 'contact', id, set: { jobTitle: 'Captain' } }])
    live.profile.time.advance(60_000)
    await commit(live.store, [{ entity: 'contact', id, set: { firstName: 'Grace M.' } }])
    expect(await live.store.pending()).toEqual([
      {
        entity: 'contact',
        recordId: id,
        title: 'Grace M.',
        isNew: false,
        fields: ['jobTitle', 'firstName'],
        since,
      },
    ])
  })
})
