/**
 * A record that is open on screen: its live document, and the room where colleagues who have it
 * open meet. The document works without the room: what is typed goes into the store first, and
 * what others wrote arrives by sync as well.
 */
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { textFragment } from '../../../shared/crdt/record-doc'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { bearerProtocol, collabCloseCodes, collabProtocol } from '../../../shared/protocol/collab'
import type { LocalStore, StoreEvent } from '../../local/api'
import { createTextSaver } from './text-saver'

/** Marks what came from the store, so that it is not sent back there. */
const fromStore = Symbol('from the store')

export type RecordRoom = { doc: Y.Doc; awareness: Awareness }

type Target = { entity: AnyEntity; id: string }

/** Opens a record's document; `onReady` is called once the store's text stands in it. */
export const openRecordRoom = (
  store: LocalStore,
  target: Target,
  onReady: (room: RecordRoom) => void,
): { close: () => void } => {
  const { entity, id } = target
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const saver = createTextSaver(store, doc, { entity: entity.name, id })
  const line = openLine(store, target, { doc, awareness })
  const read = async () =>
    Y.applyUpdate(doc, await store.openText(entity.name, id), line.origin() ?? fromStore)

  const texts = Object.entries(entity.fields)
    .filter(([, { kind }]) => kind === 'richText')
    .map(([name]) => ({ name, fragment: textFragment(doc, name) }))
  doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, change: Y.Transaction) => {
    if (origin === fromStore || line.isFrom(origin)) return
    for (const { name, fragment } of texts)
      if (change.changedParentTypes.has(fragment as never)) saver.add(name, update)
  })

  const follow = (event: StoreEvent) => {
    const concerns = event.type === 'changed' && event.entity === entity.name
    if (concerns && (event.ids === 'all' || event.ids.includes(id))) void read()
    if (event.type === 'status' && event.status.state === 'live') void line.connect()
  }
  const subscribed = store.subscribe(follow)
  const flush = () => void saver.flush()
  window.addEventListener('pagehide', flush)
  window.addEventListener('blur', flush)
  void read().then(() => {
    onReady({ doc, awareness })
    void line.connect()
  })

  return {
    close: () => {
      flush()
      window.removeEventListener('pagehide', flush)
      window.removeEventListener('blur', flush)
      void subscribed.then((unsubscribe) => unsubscribe())
      line.close()
      awareness.destroy()
    },
  }
}

/** The line to the room: there while the server is, silent otherwise. */
const openLine = (store: LocalStore, { entity, id }: Target, { doc, awareness }: RecordRoom) => {
  const state: { provider: WebsocketProvider | undefined; asking: boolean; closed: boolean } = {
    provider: undefined,
    asking: false,
    closed: false,
  }

  const protocols = (token: string): string[] => [collabProtocol, `${bearerProtocol}${token}`]

  const onClosed = ({ code }: { code: number }) => {
    if (code === collabCloseCodes.unauthorised) void connect({ isRejected: true })
  }

  // Colleagues were told that whoever sat here is gone. They believe the opposite only of news.
  const onStatus = ({ status }: { status: string }) => {
    if (status === 'connected') awareness.setLocalState(awareness.getLocalState())
  }

  const connect = async ({ isRejected = false } = {}): Promise<void> => {
    if (state.closed || state.asking || (state.provider?.shouldConnect && !isRejected)) return
    state.asking = true
    try {
      const { serverUrl, token } = await store.access({ isRejected })
      if (state.closed) return
      if (state.provider) {
        state.provider.protocols = protocols(token)
        state.provider.connect()
        return
      }
      const address = `${serverUrl.replace(/^http/i, 'ws')}/collab/${entity.name}`
      state.provider = new WebsocketProvider(address, id, doc, {
        awareness,
        protocols: protocols(token),
        // Windows of one profile follow each other through the store.
        disableBc: true,
        maxBackoffTime: 20_000,
      })
      state.provider.on('closed', onClosed)
      state.provider.on('status', onStatus)
    } catch {
      // Offline or signed out: the next time that sync is live tries again.
    } finally {
      state.asking = false
    }
  }

  return {
    connect: () => connect(),
    /** Marks what the room needs not be told: what came by sync it has, or will have by sync. */
    origin: (): unknown => state.provider,
    isFrom: (origin: unknown): boolean => origin === state.provider && origin !== undefined,
    close: () => {
      state.closed = true
      state.provider?.destroy()
    },
  }
}
