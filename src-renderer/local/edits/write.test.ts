import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { openRecord, readText, textFragment } from '../../../shared/crdt/record-doc'
import { newId } from '../../../shared/kernel/ids'
import { commit, createWindows, goOffline, liveWindow, settled } from '../test-platform'

const windows = createWindows()
afterEach(async () => {
  vi.restoreAllMocks()
  await windows.closeAll()
})

const offlineContact = async (notes: string | null = null) => {
  const live = await liveWindow(windows)
  const id = newId()
  await commit(live.store, [
    { entity: 'contact', id, set: { firstName: 'Grace', notes }, create: true },
  ])
  await settled(live.store)
  await goOffline(live.profile, live.store)
  return { ...live, id }
}

/** Breaks the next write into one of the stores, as a full disk or a crash would. */
const breakWritesOf = (storeName: string, method: 'add' | 'put', error: Error) => {
  const real = IDBObjectStore.prototype[method]
  vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === storeName) throw error
    return real.apply(this, args)
  })
}

describe('a commit', () => {
  for (const [storeName, method] of [
    ['rows_contact', 'put'],
    ['outbox', 'add'],
    ['meta', 'put'],
    ['history', 'add'],
  ] as const)
    it(`leaves nothing behind when writing to ${storeName} fails`, async () => {
      const { store, id } = await offlineContact()
      breakWritesOf(storeName, method, new DOMException('broken', 'UnknownError'))
      await expect(
        store.commit([{ entity: 'contact', id, set: { jobTitle: 'X' } }], { label: 'x' }),
      ).rejects.toThrow()
      vi.restoreAllMocks()
      expect(await store.get('contact', id)).toMatchObject({ jobTitle: null })
      expect(await store.status()).toMatchObject({ waiting: 0 })
      await commit(store, [{ entity: 'contact', id, set: { jobTitle: 'Y' } }])
      expect(await store.status()).toMatchObject({ waiting: 1 })
    })

  it('of a record that is not here any more is refused with words, not for what is missing', async () => {
    const { store } = await offlineContact()
    const gone = [{ entity: 'account', id: newId(), set: { website: 'https://acme.test' } }]
    expect(await store.commit(gone, { label: 'x' })).toMatchObject({
      ok: false,
      refusal: { code: 'record.missing', detail: expect.stringMatching(/not on this computer/) },
    })
  })

  it('on a full disk is refused with words and not stored', async () => {
    const { store, id } = await offlineContact()
    breakWritesOf('outbox', 'add', new DOMException('full', 'QuotaExceededError'))
    expect(
      await store.commit([{ entity: 'contact', id, set: { jobTitle: 'X' } }], { label: 'x' }),
    ).toMatchObject({ ok: false, refusal: { code: 'storage.full' } })
    expect(await store.get('contact', id)).toMatchObject({ jobTitle: null })
  })
})

describe('typing in rich text', () => {
  /** What an editor does: opens the document, writes, hands over the update. */
  const typed = (state: Uint8Array, text: string, client = 70_000) => {
    const doc = openRecord(state)
    doc.clientID = client
    const before = Y.encodeStateVector(doc)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    textFragment(doc, 'notes').insert(textFragment(doc, 'notes').length, [paragraph])
    return { update: Y.encodeStateAsUpdate(doc, before), state: Y.encodeStateAsUpdate(doc) }
  }
  const type = (store: Awaited<ReturnType<typeof offlineContact>>['store'], id: string) => ({
    commit: (update: Uint8Array) =>
      store.commit([{ entity: 'contact', id, text: { notes: update } }], {
        label: 'Notes',
        undoable: false,
      }),
  })

  it('shows in the row and in the document that an editor opens next', async () => {
    const { store, id } = await offlineContact('one')
    const { update } = typed(await store.openText('contact', id), 'two')
    await type(store, id).commit(update)
    expect(await store.get('contact', id)).toMatchObject({ notes: 'one\ntwo' })
    const opened = openRecord(await store.openText('contact', id))
    expect(readText(opened, 'notes')).toBe('one\ntwo')
  })

  it('becomes one edit as long as nothing was sent and nothing else was done', async () => {
    const { store, id, server, profile } = await offlineContact('one')
    const first = typed(await store.openText('contact', id), 'two')
    const second = typed(first.state, 'three', 70_001)
    await type(store, id).commit(first.update)
    await type(store, id).commit(second.update)
    expect(await store.status()).toMatchObject({ waiting: 1 })
    await commit(store, [{ entity: 'contact', id, set: { score: 1 } }])
    await type(store, id).commit(typed(second.state, 'four', 70_002).update)
    expect(await store.status()).toMatchObject({ waiting: 3 })
    server.switches.isReachable = true
    await store.syncNow()
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ notes: 'one\ntwo\nthree\nfour', score: 1 })
    expect(profile.errors).toEqual([])
  })

  it('is never merged into an edit that may have been sent', async () => {
    const { store, id, server } = await offlineContact('one')
    const first = typed(await store.openText('contact', id), 'two')
    server.switches.isReachable = true
    server.switches.loses = ({ type: kind }) => kind === 'ack' || kind === 'live'
    await store.syncNow()
    await vi.waitFor(async () => expect((await store.status()).state).toBe('live'))
    await type(store, id).commit(first.update)
    await vi.waitFor(() => expect(server.seen.pushes).toHaveLength(2))
    await type(store, id).commit(typed(first.state, 'three', 70_001).update)
    server.switches.loses = () => false
    server.cut()
    await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
    await store.syncNow()
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ notes: 'one\ntwo\nthree' })
  })

  it('is refused where the bytes are no change of that text', async () => {
    const { store, id } = await offlineContact('one')
    expect(await type(store, id).commit(new Uint8Array([1, 2, 3]))).toMatchObject({
      ok: false,
      refusal: { code: 'sync.text', errors: [{ path: 'notes' }] },
    })
  })
})
