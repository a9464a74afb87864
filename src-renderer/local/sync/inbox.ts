/** What has arrived and waits to be worked off; live frames that follow each other are taken as one. */
import { begun } from '../../../shared/kernel/begun'
import { decodeFrame } from '../../../shared/protocol/frame'
import { type ServerMessage, serverMessageSchema } from '../../../shared/protocol/sync'
import type { Unpacked } from './unpack'

type Live = Extract<ServerMessage, { type: 'live' }>

/** A message that has arrived; with a page comes what it holds, once it is unpacked. */
export type Arrived = { message: ServerMessage; unpacked: (() => Promise<Unpacked>) | undefined }

/** Records of live frames that are written in one transaction, about. */
const mostTogether = 1000

export type Inbox = {
  add: (bytes: Uint8Array) => void
  /** The next message; undefined where it was taken together with an earlier one. Throws on garbage. */
  take: () => Arrived | undefined
}

/**
 * Somebody's import sends hundreds of frames: a transaction and a redrawn screen each would be felt.
 * Pages are unpacked at once, while what came before them is still being written.
 */
export const createInbox = (unpack: (packed: Uint8Array) => Promise<Unpacked>): Inbox => {
  const waiting: (Arrived | { problem: unknown })[] = []

  const read = (bytes: Uint8Array): Arrived | { problem: unknown } => {
    try {
      const message = serverMessageSchema.parse(decodeFrame(bytes))
      const isPage = message.type === 'page' || message.type === 'kept' || message.type === 'older'
      return { message, unpacked: isPage ? begun(unpack(message.records)) : undefined }
    } catch (problem) {
      // It is complained about in its turn.
      return { problem }
    }
  }

  /** The next frame, if it goes on where the one before ends. */
  const following = ({ upTo, records }: Live): Live | undefined => {
    const [next] = waiting
    if (!next || 'problem' in next || records.length >= mostTogether) return undefined
    const { message } = next
    return message.type === 'live' && message.prev === upTo ? message : undefined
  }

  return {
    add: (bytes) => waiting.push(read(bytes)),
    take: () => {
      const arrived = waiting.shift()
      if (!arrived) return undefined
      if ('problem' in arrived) throw arrived.problem
      if (arrived.message.type !== 'live') return arrived
      let whole = arrived.message
      for (let next = following(whole); next; next = following(whole)) {
        waiting.shift()
        whole = { ...whole, upTo: next.upTo, records: [...whole.records, ...next.records] }
      }
      return { message: whole, unpacked: undefined }
    },
  }
}
