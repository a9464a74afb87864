import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { textFragment } from '../../../shared/crdt/record-doc'
import { newId } from '../../../shared/kernel/ids'
import { freshClientId } from '../client-id'
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

const windows = createWindows()
afterEach(windows.closeAll)

type Live = Awaited<ReturnType<typeof liveWindow>>

describe('a restored server', () => {
  it('gets back what it lost of this device, under a new device id', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const kept = await aContact({ store }, { firstName: 'Kept' })
    await settled(store)
    const restore = server.gate.snapshot()
    const lost = await aContact({ store }, { firstName: 'Lost' })
    await commit(store, rename(kept, 'Renamed'))
    await settled(store)
    await goOffline(profile, store)
    const waiting = await aContact({ store }, { firstName: 'Waiting' })
    restore()
    await goOnline(profile, store)
    await settled(store)
    expect(server.row('contact', kept)).toMatchObject({ firstName: 'Renamed' })
    expect(server.row('contact', lost)).toMatchObject({ firstName: 'Lost' })
    expect(server.row('contact', waiting)).toMatchObject({ firstName: 'Waiting' })
    expect(new Set(server.seen.hellos.map(({ device }) => device)).size).toBe(2)
    expect((await store.list({ entity: 'contact' })).total).toBe(3)
  })

  /** Types a line at the end of the notes, as an editor does. */
  const type = async ({ store }: Pick<Live, 'store'>, id: string, line: string) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, await store.openText('contact', id))
    doc.clientID = freshClientId()
    const before = Y.encodeStateVector(doc)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(line)])
    const fragment = textFragment(doc, 'notes')
    fragment.insert(fragment.length, [paragraph])
    const text = { notes: Y.encodeStateAsUpdate(doc, before) }
    await commit(store, [{ entity: 'contact', id, text }])
  }

  it('gets back the text that it lost, once, also by a colleague who only read it', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const other = await windows.window(createTestProfile(server))
    await signIn(other)
    const id = await aContact({ store })
    await type({ store }, id, 'Before the backup')
    await settled(store)
    const restore = server.gate.snapshot()
    await type({ store }, id, 'After the backup')
    await commit(store, rename(id, 'Renamed'))
    await settled(store)
    const text = 'Before the backup\nAfter the backup'
    await vi.waitFor(async () =>
      expect(await other.get('contact', id)).toMatchObject({ notes: text }),
    )
    await goOffline(profile, store)
    restore()
    server.switches.isReachable = true
    await other.syncNow()
    await vi.waitFor(() => expect(server.row('contact', id)).toMatchObject({ notes: text }))
    await goOnline(profile, store)
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ notes: text, firstName: 'Renamed' })
    expect(await store.get('contact', id)).toMatchObject({ notes: text })
    expect([await store.issues(), await other.issues()]).toEqual([[], []])
  })

  it('gets back what colleagues wrote who never come back, from whoever has seen it', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const gone = createTestProfile(server)
    const other = await windows.window(gone)
    await signIn(other)
    const restore = server.gate.snapshot()
    const id = await aContact({ store: other }, { firstName: 'Theirs' })
    await commit(other, [{ entity: 'contact', id, set: { jobTitle: 'Admiral' } }])
    await settled(other)
    await vi.waitFor(async () =>
      expect(await store.get('contact', id)).toMatchObject({ jobTitle: 'Admiral' }),
    )
    await other.close()
    await goOffline(profile, store)
    restore()
    await goOnline(profile, store)
    await settled(store)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Theirs', jobTitle: 'Admiral' })
    expect(await store.issues()).toEqual([])
  })

  it('takes what waits after what it builds on: text in lost text, edits of lost records', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const kept = await aContact({ store }, { firstName: 'Kept' })
    await settled(store)
    const restore = server.gate.snapshot()
    await type({ store }, kept, 'Lost line')
    const lost = await aContact({ store }, { firstName: 'Lost' })
    await type({ store }, lost, 'Lost too')
    await settled(store)
    await goOffline(profile, store)
    await type({ store }, kept, 'Waiting line')
    await type({ store }, lost, 'Waiting too')
    await commit(store, [{ entity: 'contact', id: lost, set: { jobTitle: 'Waiting' } }])
    restore()
    await goOnline(profile, store)
    await settled(store)
    expect(await store.issues()).toEqual([])
    expect(server.row('contact', kept)).toMatchObject({ notes: 'Lost line\nWaiting line' })
    expect(server.row('contact', lost)).toMatchObject({
      firstName: 'Lost',
      jobTitle: 'Waiting',
      notes: 'Lost too\nWaiting too',
    })
  })

  it('takes records away that it and this device know nothing of', async () => {
    const { store, server, profile } = await liveWindow(windows)
    const restore = server.gate.snapshot()
    const foreign = newId()
    server.edit({ entity: 'contact', id: foreign, t: stampOf(profile), s: { firstName: 'X' } })
    await vi.waitFor(async () => expect(await store.get('contact', foreign)).not.toBeNull())
    await goOffline(profile, store)
    restore()
    await goOnline(profile, store)
    await vi.waitFor(async () => expect(await store.get('contact', foreign)).toBeNull())
  })
})
