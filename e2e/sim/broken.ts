/** The product with one thing broken: each of these faults is one that the simulator must find. */
import type { Authenticated } from '../../server/auth/authenticate'
import { fold } from '../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../shared/crdt/row'
import { entityNamed } from '../../shared/features'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame'
import type { Variant } from './variant'

/** A fault, and what the simulator says of it. */
export type Broken = Variant & { finding: RegExp }

/** Repeated pushes are taken for new ones. */
const noDedupe = (): Broken => {
  const taken = new Map<string, number>()
  return {
    name: 'repeated edits are applied again',
    finding: /edits were applied where/,
    commit: (commit) => async (actor, edits) => {
      const { device } = actor
      if (device === undefined) return commit(actor, edits)
      const from = taken.get(device) ?? 0
      taken.set(device, from + edits.length)
      return commit(
        actor,
        edits.map((edit, index) => ({ ...edit, n: from + 1 + index })),
      )
    },
  }
}

/** Each edit of a group stands alone. */
const halfGroups = (): Broken => ({
  name: 'a group is applied in part',
  finding: /was accepted by half/,
  commit: (commit) => (actor, edits) =>
    commit(
      actor,
      edits.map(({ g, ...edit }) => edit),
    ),
})

type Frame = { type?: unknown; upTo?: number; prev?: number }

/** A live frame in four is lost, and the client does not look whether one is missing. */
const cursorJump = (): Broken => ({
  name: 'the cursor jumps over lost frames',
  finding: /lacks a|differ on a/,
  socket: (open) => {
    let frames = 0
    return (url, events) => {
      let seen = 0
      return open(url, {
        ...events,
        onMessage: (bytes) => {
          const frame = decodeFrame(bytes) as Frame
          if (frame.type !== 'live') {
            if (frame.type === 'page') seen = frame.upTo ?? seen
            return events.onMessage(bytes)
          }
          frames += 1
          if (frames % 4 === 0) return
          const jumped = encodeFrame({ ...frame, prev: seen })
          seen = frame.upTo ?? seen
          events.onMessage(jumped)
        },
      })
    }
  },
})

type Row = { id: string; $state?: Uint8Array; isOffer?: boolean }

/** What is offered to a restored server says nothing. */
const noReoffer = (): Broken => ({
  name: 'nothing is offered to a restored server',
  finding: /was confirmed and/,
  stored: ({ store, value }) => {
    if (store !== 'outbox' || !(value as Row).isOffer) return value
    const { e, x, ...offer } = value as Row & { e?: unknown; x?: unknown }
    return { ...offer, s: {} }
  },
})

const withoutWaiting = (store: string, row: Row): unknown => {
  const entity = entityNamed(store.replace(/^(rows|blocks)_/, ''))
  if (!entity || !row.$state) return row
  const doc = openRecord(row.$state)
  return { ...row, ...foldedRow(entity, row.id, fold(patchesOf(doc)), readTexts(entity, doc)) }
}

const withoutWaitingIn = (store: string, value: unknown): unknown => {
  if (store.startsWith('rows_')) return withoutWaiting(store, value as Row)
  if (!store.startsWith('blocks_')) return value
  const block = value as { rows: Row[] }
  return { ...block, rows: block.rows.map((row) => withoutWaiting(store, row)) }
}

/** What arrives is shown without the edits that wait. */
const overwrites = (): Broken => ({
  name: 'a page overwrites edits that were not pushed',
  finding: /shows a \w+ that is not what it knows/,
  // Only what arrives from the server touches the edits that were delivered.
  stored: ({ store, stores, value }) =>
    stores.includes('delivered') ? withoutWaitingIn(store, value) : value,
})

/** Whoever once had a role keeps it. */
const noRevocation = (): Broken => {
  const first = new Map<string, Authenticated>()
  return {
    name: 'a role that was taken away still counts',
    finding: /who may not edit it/,
    authenticate: (authenticate) => async (token) => {
      const found = await authenticate(token)
      const { userId } = found.principal
      const { principal } = first.get(userId) ?? found
      first.set(userId, { ...found, principal })
      return { ...found, principal }
    },
  }
}

/** Whatever is looked up is found, whoever asks. */
export const openLookup = (): Broken => ({
  name: 'what is looked up is shown to whoever asks',
  finding: /never could see/,
  lookUp: (lookUp) => async (somebody, lookup) => {
    const { access } = await lookUp(somebody, lookup)
    return { ...(await lookUp({ ...somebody, role: 'owner' }, lookup)), access }
  },
})

/** Made anew for each run: some remember what they saw. Each is found within a hundred random schedules or so. */
export const faults: readonly (() => Broken)[] = [
  noDedupe,
  halfGroups,
  cursorJump,
  noReoffer,
  overwrites,
  noRevocation,
]
