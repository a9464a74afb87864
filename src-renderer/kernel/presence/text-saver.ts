/** Stores what is typed into a record's document: gathered, field by field, never lost. */
import * as Y from 'yjs'
import type { LocalStore } from '../../local/api'

/** How long typing is gathered before it is stored, in milliseconds. */
const gatherMs = 250

type Target = { entity: string; id: string }

/** Whether the store lacks what the update builds on: a colleague's text that is still on its way here. */
const isEarly = (result: Awaited<ReturnType<LocalStore['commit']>>): boolean =>
  !result.ok && result.refusal.code === 'sync.text'

/** Gathers updates by field and stores them; `flush` stores at once what waits. */
export const createTextSaver = (store: LocalStore, doc: Y.Doc, { entity, id }: Target) => {
  const state: {
    waiting: Map<string, Uint8Array[]>
    timer: ReturnType<typeof setTimeout> | undefined
  } = { waiting: new Map(), timer: undefined }

  const commit = (text: { [field: string]: Uint8Array }) =>
    store.commit([{ entity, id, text }], { label: '', undoable: false })

  /** Everything the store lacks, so that what it is given builds on nothing that it does not have. */
  const missing = async (): Promise<Uint8Array> => {
    const held = Y.encodeStateVectorFromUpdate(await store.openText(entity, id))
    return Y.encodeStateAsUpdate(doc, held)
  }

  const flush = async (): Promise<void> => {
    clearTimeout(state.timer)
    if (state.waiting.size === 0) return
    const text = Object.fromEntries(
      [...state.waiting].map(([field, updates]) => [field, Y.mergeUpdates(updates)]),
    )
    state.waiting = new Map()
    if (!isEarly(await commit(text))) return
    const whole = await missing()
    await commit(Object.fromEntries(Object.keys(text).map((field) => [field, whole])))
  }

  return {
    add: (field: string, update: Uint8Array): void => {
      state.waiting.set(field, [...(state.waiting.get(field) ?? []), update])
      clearTimeout(state.timer)
      state.timer = setTimeout(() => void flush(), gatherMs)
    },
    flush,
  }
}
