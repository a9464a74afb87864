import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/kernel/ids'
import { commit, createWindows, liveWindow, settled } from '../test-platform'

const windows = createWindows()
afterEach(windows.closeAll)

const start = async () => {
  const live = await liveWindow(windows)
  const id = newId()
  const created = await commit(live.store, [
    { entity: 'contact', id, set: { firstName: 'Grace', tags: [] }, create: true },
  ])
  const row = () => live.store.get('contact', id)
  const set = (values: { [field: string]: unknown }) =>
    commit(live.store, [{ entity: 'contact', id, set: values }])
  return { ...live, id, created, row, set }
}

describe('undo', () => {
  it('brings back the values before and redo those after', async () => {
    const { store, row, set } = await start()
    await set({ firstName: 'Ada', jobTitle: 'Countess' })
    expect(await store.undo()).toBe('Edit')
    expect(await row()).toMatchObject({ firstName: 'Grace', jobTitle: null })
    expect(await store.redo()).toBe('Edit')
    expect(await row()).toMatchObject({ firstName: 'Ada', jobTitle: 'Countess' })
  })

  it('of tags takes out only what the edit put in', async () => {
    const { store, row, set } = await start()
    const [a, b] = [newId(), newId()].sort()
    const added = await set({ tags: [a] })
    await set({ tags: [a, b] })
    await store.undo(added)
    expect(await row()).toMatchObject({ tags: [b] })
  })

  it('of a deletion restores the record', async () => {
    const { store, row, set } = await start()
    await set({ deletedAt: new Date(0).toISOString() })
    expect((await store.list({ entity: 'contact' })).total).toBe(0)
    expect((await store.list({ entity: 'contact', deleted: true })).total).toBe(1)
    await store.undo()
    expect(await row()).toMatchObject({ deletedAt: null })
    expect((await store.list({ entity: 'contact' })).total).toBe(1)
  })

  it('of a creation deletes softly, and redo restores', async () => {
    const { store, row, created, profile } = await start()
    await store.undo(created)
    expect(await row()).toMatchObject({ deletedAt: new Date(profile.time.now()).toISOString() })
    await store.redo()
    expect(await row()).toMatchObject({ deletedAt: null, firstName: 'Grace' })
  })

  it('of notes brings back the text', async () => {
    const { store, row, set } = await start()
    await set({ notes: 'one\ntwo' })
    await set({ notes: 'one' })
    await store.undo()
    expect(await row()).toMatchObject({ notes: 'one\ntwo' })
  })

  it('takes a commit of several records back as a whole', async () => {
    const { store } = await start()
    const ids = [newId(), newId()]
    await commit(
      store,
      ids.map((id) => ({ entity: 'tag', id, set: { name: 'T' }, create: true })),
    )
    await store.undo()
    expect((await store.list({ entity: 'tag' })).total).toBe(0)
  })

  it('works after a restart and reaches the server', async () => {
    const { profile, store, set, id, server } = await start()
    await set({ firstName: 'Ada' })
    await store.close()
    const again = await windows.window(profile)
    expect(await again.undo()).toBe('Edit')
    await settled(again)
    expect(server.row('contact', id)).toMatchObject({ firstName: 'Grace' })
  })

  it('by id happens once', async () => {
    const { store, set } = await start()
    const id = await set({ firstName: 'Ada' })
    expect(await store.undo(id)).toBe('Edit')
    expect(await store.undo(id)).toBeNull()
  })

  it('forgets what could be redone when something else is done', async () => {
    const { store, set } = await start()
    await set({ firstName: 'Ada' })
    await store.undo()
    await set({ firstName: 'Joan' })
    expect(await store.redo()).toBeNull()
  })

  it('knows nothing of commits that are not undoable', async () => {
    const { store, id, created } = await start()
    await store.undo(created)
    await store.commit([{ entity: 'contact', id, set: { score: 1 } }], {
      label: 'x',
      undoable: false,
    })
    expect(await store.undo()).toBeNull()
    expect(await store.redo()).toBe('Edit')
  })
})
