/** Sends what waits in the outbox, one push at a time, and takes the server's decisions. */
import type { RefusalInfo } from '../../../shared/kernel/refusal'
import type { ServerMessage } from '../../../shared/protocol/sync'
import { toRefusalInfo } from './ending'
import type { EngineDeps } from './types'

type Ack = Extract<ServerMessage, { type: 'ack' }>

type Line = {
  send: (message: { type: 'push'; [key: string]: unknown }) => void
  /** Whether pushes are taken now. */
  isOpen: () => boolean
  /** One group at a time: the last push was not understood as a whole. */
  isCautious: boolean
}

export type Pushing = {
  push: () => Promise<void>
  acked: (message: Ack) => Promise<void>
  /** The numbers of edits that were sent and not decided on. */
  inFlight: () => number[]
}

const refusedOf = ({ refused }: Ack) =>
  refused.map(([n, refusal]): [number, RefusalInfo] => [n, toRefusalInfo(refusal)])

/** The pushes of one connection. */
export const createPushing = ({ storage }: Pick<EngineDeps, 'storage'>, line: Line): Pushing => {
  const inFlight = new Set<number>()
  let pushedUpTo = 0

  const push = async () => {
    if (!line.isOpen() || inFlight.size > 0) return
    const edits = await storage.nextPush(pushedUpTo, { oneGroup: line.isCautious })
    if (edits.length === 0 || !line.isOpen()) return
    pushedUpTo = edits.at(-1)?.n ?? pushedUpTo
    for (const { n } of edits) inFlight.add(n)
    line.send({ type: 'push', edits })
  }

  return {
    push,
    inFlight: () => [...inFlight],
    acked: async (message) => {
      const refused = refusedOf(message)
      await storage.settle({ accepted: message.accepted, refused })
      for (const [n] of [...message.accepted, ...refused]) inFlight.delete(n)
      await push()
    },
  }
}
