/**
 * Fetches what a big workspace's copy holds of the older part: first what every copy holds, before
 * the connection goes live, then, behind everything else, whatever is above where the floor is to be.
 */
import { z } from 'zod'
import { decodeFrame } from '../../../shared/protocol/frame'
import {
  maxPageRecords,
  recordTupleSchema,
  type ServerMessage,
} from '../../../shared/protocol/sync'
import type { Coverage } from './copy'
import type { EngineDeps, OlderPart } from './types'

type Message = Extract<ServerMessage, { type: 'kept' | 'older' }>

/** Before the app is live, pages are as large as when pulling. */
const keptPage = 2000
/** What comes behind the work of its user is written in short transactions, which edits wait for. */
const olderPage = 500

const tuplesSchema = z.array(recordTupleSchema).max(maxPageRecords)

type Events = {
  send: (message: { type: 'kept' | 'older'; [key: string]: unknown }) => void
  /** Under which rights the connection reads. */
  access: () => string | undefined
  onProgress: (done: number, total: number) => void
  /** This copy is to hold something else by now: hello has to be said anew. */
  onMoved: () => void
}

export type Older = {
  /** Takes what is still to come. */
  set: (coverage: Coverage) => void
  /** Asks for what every copy holds; answers whether something of it is still to come. */
  askKept: () => boolean
  /** Asks for what is older, if anything is wanted and nothing was asked for. */
  ask: () => void
  isAsking: () => boolean
  /** Takes an answer; `true` once all that every copy holds is here. */
  kept: (message: Extract<Message, { type: 'kept' }>) => Promise<boolean>
  older: (message: Extract<Message, { type: 'older' }>) => Promise<void>
}

/** The older part as one connection fetches it. */
export const createOlder = (
  { storage, inflate }: Pick<EngineDeps, 'storage' | 'inflate'>,
  events: Events,
): Older => {
  let coverage: Coverage = { floor: 0, downTo: 0, keptAfter: undefined }
  let isAsking = false

  const add = async (
    { records, seq }: Message,
    progress: Pick<OlderPart, 'floor' | 'keptAfter'>,
  ): Promise<boolean> => {
    const tuples = tuplesSchema.parse(decodeFrame(await inflate(records)))
    const part = { records: tuples, seq, access: events.access(), ...progress }
    const added = await storage.addOlder(part)
    if (added === 'moved') events.onMoved()
    return added === 'taken'
  }

  const askKept = (): boolean => {
    const { keptAfter: after, floor: upTo } = coverage
    if (after === undefined) return false
    events.send({ type: 'kept', after, upTo, limit: keptPage })
    return true
  }

  return {
    set: (next) => {
      coverage = { ...next }
    },
    askKept,
    ask: () => {
      const { floor: before, downTo } = coverage
      if (isAsking || before <= downTo) return
      isAsking = true
      events.send({ type: 'older', after: downTo, before, limit: olderPage })
    },
    isAsking: () => isAsking,
    kept: async (message) => {
      const { after, upTo, done } = message
      // Frames that come twice change nothing.
      if (after !== coverage.keptAfter) return false
      if (await add(message, { keptAfter: done ? null : upTo })) {
        coverage.keptAfter = done ? undefined : upTo
        events.onProgress(upTo, coverage.floor)
      }
      return !askKept()
    },
    older: async (message) => {
      const { before: from, downTo: to } = message
      if (from !== coverage.floor || !isAsking) return
      isAsking = false
      if (await add(message, { floor: { from, to } })) coverage.floor = to
    },
  }
}
