/** What has arrived and waits to be worked off; live frames that follow each other are taken as one. */
import { decodeFrame } from '../../../shared/protocol/frame'
import { type ServerMessage, serverMessageSchema } from '../../../shared/protocol/sync'

type Live = Extract<ServerMessage, { type: 'live' }>

/** Records of live frames that are written in one transaction, about. */
const mostTogether = 1000

const read = (bytes: Uint8Array): ServerMessage => serverMessageSchema.parse(decodeFrame(bytes))

export type Inbox = {
  add: (bytes: Uint8Array) => void
  /** The next message; undefined where it was taken together with an earlier one. Throws on garbage. */
  take: () => ServerMessage | undefined
}

/** Somebody's import sends hundreds of frames: a transaction and a redrawn screen each would be felt. */
export const createInbox = (): Inbox => {
  const waiting: Uint8Array[] = []

  /** The next frame, if it goes on where the one before ends. */
  const following = ({ upTo, records }: Live): Live | undefined => {
    const [bytes] = waiting
    if (!bytes || records.length >= mostTogether) return undefined
    try {
      const next = read(bytes)
      return next.type === 'live' && next.prev === upTo ? next : undefined
    } catch {
      // It is complained about in its turn.
      return undefined
    }
  }

  return {
    add: (bytes) => waiting.push(bytes),
    take: () => {
      const bytes = waiting.shift()
      if (!bytes) return undefined
      const message = read(bytes)
      if (message.type !== 'live') return message
      let whole = message
      for (let next = following(whole); next; next = following(whole)) {
        waiting.shift()
        whole = { ...whole, upTo: next.upTo, records: [...whole.records, ...next.records] }
      }
      return whole
    },
  }
}
