import { afterEach, describe, expect, it, vi } from 'vitest'
import { maxFileBytes } from '../../../shared/features/files/file'
import { newId } from '../../../shared/kernel/ids'
import type { OpenStore } from '../store'
import {
  createTestProfile,
  createWindows,
  goOffline,
  goOnline,
  liveWindow,
  settled,
} from '../test-platform'
import { createTestServer } from '../test-server'

const windows = createWindows()
afterEach(windows.closeAll)

const text = 'an offer, signed'
const contactId = newId()

const add = async (store: OpenStore, content = new Blob([text])): Promise<string> => {
  const file = { name: 'Offer.pdf', mediaType: 'application/pdf', content, links: { contactId } }
  const result = await store.addFile(file, { label: 'Add' })
  if (!result.ok) throw new Error(result.refusal.detail)
  const { rows } = await store.list({ entity: 'file', sort: [{ field: 'id', descending: true }] })
  return rows[0]?.id ?? ''
}

const read = async (store: OpenStore, id: string): Promise<string> => {
  const answer = await store.fileContent(id)
  return answer.ok ? new TextDecoder().decode(answer.content) : answer.refusal.code
}

describe('a file', () => {
  it('added offline is there at once, outlives the window, and reaches the server and others later', async () => {
    const server = createTestServer()
    const one = await liveWindow(windows, createTestProfile(server))
    const other = await liveWindow(windows, createTestProfile(server))
    await goOffline(one.profile, one.store)
    const id = await add(one.store)
    expect(await read(one.store, id)).toBe(text)
    expect(await one.store.get('file', id)).toMatchObject({ size: text.length, contactId })
    // The record and its content.
    expect(await one.store.status()).toMatchObject({ waiting: 2 })
    await one.store.close()
    const again = await windows.window(one.profile)
    await goOnline(one.profile, again)
    expect(new TextDecoder().decode(server.contents.get(id))).toBe(text)
    await goOnline(other.profile, other.store)
    expect(await read(other.store, id)).toBe(text)
    // What was opened once can be opened in the tunnel.
    await goOffline(other.profile, other.store)
    expect(await read(other.store, id)).toBe(text)
  })

  it('that this machine does not hold says so offline, and one not uploaded yet says that', async () => {
    const server = createTestServer()
    const one = await liveWindow(windows, createTestProfile(server))
    const other = await liveWindow(windows, createTestProfile(server))
    const id = await add(one.store)
    await settled(one.store)
    await vi.waitFor(async () => expect(await other.store.get('file', id)).not.toBeNull())
    server.contents.clear()
    expect(await read(other.store, id)).toBe('file.missing')
    await goOffline(other.profile, other.store)
    expect(await read(other.store, id)).toBe('file.elsewhere')
  })

  it('that arrives damaged is not taken for the real one', async () => {
    const server = createTestServer()
    const one = await liveWindow(windows, createTestProfile(server))
    const other = await liveWindow(windows, createTestProfile(server))
    const id = await add(one.store)
    await settled(one.store)
    await vi.waitFor(async () => expect(await other.store.get('file', id)).not.toBeNull())
    server.contents.set(id, new TextEncoder().encode('an offer, forged'))
    expect(await read(other.store, id)).toBe('file.damaged')
  })

  it('that is too large is refused before anything is stored', async () => {
    const { store } = await liveWindow(windows)
    const content = new Blob([new Uint8Array(maxFileBytes + 1)])
    await expect(add(store, content)).rejects.toThrow('20 MB')
    expect(await store.list({ entity: 'file' })).toMatchObject({ total: 0 })
  })

  /** A window with a file whose content the server refused. */
  const refusedFile = async (answer: () => Response) => {
    const opened = await liveWindow(windows)
    opened.server.switches.refuseContent = answer
    const id = await add(opened.store)
    await vi.waitFor(async () =>
      expect(await opened.store.status()).toMatchObject({ waiting: 0, problems: 1 }),
    )
    return { ...opened, id }
  }
  const tooLarge = () => new Response('<html>413 Request Entity Too Large</html>', { status: 413 })
  const contentOf = (server: ReturnType<typeof createTestServer>, id: string) =>
    new TextDecoder().decode(server.contents.get(id))

  it('that the server does not take stays here, and is offered again by the next start', async () => {
    const { store, server, profile, id } = await refusedFile(tooLarge)
    await goOffline(profile, store)
    expect(await read(store, id)).toBe(text)
    await store.close()
    server.switches.refuseContent = undefined
    const again = await windows.window(profile)
    await goOnline(profile, again)
    expect(contentOf(server, id)).toBe(text)
    expect(await again.status()).toMatchObject({ waiting: 0, problems: 0 })
    expect(await again.issues()).toEqual([])
  })

  it.each([
    ['a proxy', tooLarge, 'file.not-taken', /no file of this size/],
    [
      'the server',
      () => Response.json({ code: 'auth.forbidden', detail: 'Not yours.' }, { status: 403 }),
      'auth.forbidden',
      /^Not yours\.$/,
    ],
  ])('that %s does not take says why', async (_, answer, code, detail) => {
    const { store, id } = await refusedFile(answer)
    expect(await store.issues()).toEqual([
      expect.objectContaining({
        entity: 'file',
        recordId: id,
        title: 'Offer.pdf',
        isContent: true,
        values: {},
        refusal: { code, detail: expect.stringMatching(detail), errors: [] },
      }),
    ])
    expect(await store.recordSync('file', id)).toMatchObject({ refusedFields: ['uploadedAt'] })
  })

  it('that was not taken is sent again when somebody wants it, from whichever window', async () => {
    const { server, profile, id } = await refusedFile(tooLarge)
    const second = await windows.window(profile)
    server.switches.refuseContent = undefined
    const [issue] = await second.issues()
    await second.retryIssue(issue?.id ?? '')
    await vi.waitFor(() => expect(contentOf(server, id)).toBe(text))
    await vi.waitFor(async () =>
      expect(await second.status()).toMatchObject({ waiting: 0, problems: 0 }),
    )
  })

  it('that is not taken a second time either is told of once', async () => {
    let asked = 0
    const { store } = await refusedFile(() => {
      asked += 1
      return tooLarge()
    })
    const [first] = await store.issues()
    await store.retryIssue(first?.id ?? '')
    await vi.waitFor(() => expect(asked).toBe(2))
    await vi.waitFor(async () => expect(await store.issues()).toHaveLength(1))
    expect(await store.status()).toMatchObject({ waiting: 0, problems: 1 })
  })

  it('that was not taken needs nobody once it is removed, unless it comes back', async () => {
    const { store, id } = await refusedFile(tooLarge)
    const deletedAt = new Date().toISOString()
    const removal = { entity: 'file', id, set: { deletedAt } }
    await store.commit([removal], { label: 'Remove', undoable: true })
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({ waiting: 0, problems: 0 }),
    )
    await store.undo()
    await vi.waitFor(async () =>
      expect(await store.status()).toMatchObject({ waiting: 0, problems: 1 }),
    )
  })

  it('that was not taken can be given up', async () => {
    const { store, server, profile, id } = await refusedFile(tooLarge)
    const [issue] = await store.issues()
    await store.discardIssue(issue?.id ?? '')
    expect(await store.status()).toMatchObject({ waiting: 0, problems: 0 })
    await store.close()
    server.switches.refuseContent = undefined
    const again = await windows.window(profile)
    await goOnline(profile, again)
    await settled(again)
    expect(server.contents.has(id)).toBe(false)
  })

  it('with the same content as another one is sent for both', async () => {
    const { store, server, profile } = await liveWindow(windows)
    await goOffline(profile, store)
    const ids = [await add(store), await add(store)]
    await goOnline(profile, store)
    for (const id of ids) expect(server.contents.get(id)).toHaveLength(text.length)
  })
})
