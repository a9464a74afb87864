/**
 * Fetches what a big workspace's copy holds of the older part: first what every copy holds, before
 * the connection goes live, then, behind everything else, whatever is above where the floor is to be.
 */
import type { ServerMessage } from '../../../shared/protocol/sync'
import type { Coverage } from './copy'
import type { EngineDeps, OlderPart } from './types'
import type { Unpacked } from './unpack'

type Of<T extends 'kept' | 'older'> = Extract<ServerMessage, { type: T }>

/** Before the app is live, pages are as large as when pulling. */
const keptPage = 2000
/** What comes behind the work of its user is written in shorter transactions, which edits wait for. */
const olderPage = 1000

type Events = {
  send: (message: { type: 'kept' | 'older'; [key: string]: unknown }) => void
  /** Under which rights the connection reads. */
  access: () => string | undefined
  onProgress: (done: number, total: number) => void
  /** Whether a page may be asked for behind everything else just now. */
  isFree: () => boolean
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
  kept: (message: Of<'kept'>, page: () => Promise<Unpacked>) => Promise<boolean>
  older: (message: Of<'older'>, page: () => Promise<Unpacked>) => Promise<void>
}

/** The older part as one connection fetches it. */
export const createOlder = ({ storage }: Pick<EngineDeps, 'storage'>, events: Events): Older => {
  let coverage: Coverage = { floor: 0, downTo: 0, keptAfter: undefined }
  /** From where the page that is under way goes down. */
  let asked: number | undefined

  const add = async (
    { seq }: Of<'kept' | 'older'>,
    page: () => Promise<Unpacked>,
    progress: Pick<OlderPart, 'floor' | 'keptAfter'>,
  ): Promise<boolean> => {
    const part = { ...(await page()), seq, access: events.access(), ...progress }
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

  const askFrom = (before: number) => {
    const { downTo: after } = coverage
    asked = undefined
    if (before <= after || !events.isFree()) return
    asked = before
    events.send({ type: 'older', after, before, limit: olderPage })
  }

  return {
    set: (next) => {
      coverage = { ...next }
    },
    askKept,
    ask: () => {
      if (asked === undefined) askFrom(coverage.floor)
    },
    isAsking: () => asked !== undefined,
    kept: async (message, page) => {
      const { after, upTo, done } = message
      // Frames that come twice change nothing.
      if (after !== coverage.keptAfter) return false
      if (await add(message, page, { keptAfter: done ? null : upTo })) {
        coverage.keptAfter = done ? undefined : upTo
        events.onProgress(upTo, coverage.floor)
      }
      return !askKept()
    },
    older: async (message, page) => {
      const { before: from, downTo: to } = message
      if (from !== asked || from !== coverage.floor) return
      // The next page travels while this one is being written.
      askFrom(to)
      if (await add(message, page, { floor: { from, to } })) coverage.floor = to
      // What was asked for goes on from a page that was not taken.
      else asked = undefined
    },
  }
}
