/** The live document of a rich-text field: local typing goes to the store, the store's news come in. */
import { useEffect, useState } from 'react'
import * as Y from 'yjs'
import type { LocalStore } from '../../local/api'
import { useStore } from '../use-store'

/** Marks what came from the store, so that it is not sent back there. */
const fromStore = Symbol('from the store')

/** How long typing is gathered before it is stored, in milliseconds. */
const gatherMs = 250

type Target = { entity: string; id: string; field: string }

/** Gathers updates and stores them; `flush` stores at once what waits. */
const createSaver = (store: LocalStore, { entity, id, field }: Target, label: string) => {
  const state: { waiting: Uint8Array[]; timer: number | undefined } = {
    waiting: [],
    timer: undefined,
  }
  const flush = () => {
    window.clearTimeout(state.timer)
    if (state.waiting.length === 0) return
    const update = Y.mergeUpdates(state.waiting)
    state.waiting = []
    void store.commit([{ entity, id, text: { [field]: update } }], { label, undoable: false })
  }
  return {
    add: (update: Uint8Array) => {
      state.waiting.push(update)
      window.clearTimeout(state.timer)
      state.timer = window.setTimeout(flush, gatherMs)
    },
    flush,
  }
}

/** The document to bind an editor to; `null` while it is being read. */
export const useTextDoc = (entity: string, id: string, field: string): Y.Doc | null => {
  const store = useStore()
  const [doc, setDoc] = useState<Y.Doc | null>(null)
  useEffect(() => {
    const live = new Y.Doc()
    const saver = createSaver(store, { entity, id, field }, field)
    const read = async () => {
      const update = await store.openText(entity, id)
      Y.applyUpdate(live, update, fromStore)
    }
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin !== fromStore) saver.add(update)
    }
    live.on('update', onUpdate)
    void read().then(() => setDoc(live))
    const subscribed = store.subscribe((event) => {
      const concerns = event.type === 'changed' && event.entity === entity
      if (concerns && (event.ids === 'all' || event.ids.includes(id))) void read()
    })
    window.addEventListener('pagehide', saver.flush)
    window.addEventListener('blur', saver.flush)
    return () => {
      saver.flush()
      live.off('update', onUpdate)
      window.removeEventListener('pagehide', saver.flush)
      window.removeEventListener('blur', saver.flush)
      void subscribed.then((unsubscribe) => unsubscribe())
      setDoc(null)
    }
  }, [store, entity, id, field])
  return doc
}
