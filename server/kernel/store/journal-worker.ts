/** Work that follows from what was written, done in the background: reads the journal once writes pause. */
import type { Db } from '../../db/open'
import { turn } from '../turn'
import { createJournalCursor, type JournalEntry } from './journal-cursor'

type Deps = {
  db: Db
  /** Name of the cursor. */
  name: string
  /** Entities whose entries are worked on; the others are passed over. */
  entities: readonly string[]
  /** Entries of one workspace. May be called again with the same ones after a crash. */
  work: (
    workspaceId: string,
    entries: readonly JournalEntry[],
    signal: AbortSignal,
  ) => Promise<void>
  /** Called before entries are read, and at least every hour. */
  before?: (signal: AbortSignal, isFirst: boolean) => Promise<void>
  onError: (error: unknown) => void
}

export type JournalWorker = {
  /** Works off everything now. */
  settle: () => Promise<void>
  /** Soon; pushed back while writes go on, which are what people wait for. */
  wake: () => void
  /** Ends what is under way. */
  stop: () => Promise<void>
}

const entriesAtOnce = 500
/** Entries looked at in one turn: those of other entities have to be passed over as well. */
const entriesPassed = 5_000
const quietMs = 300
const hourMs = 3600_000

/** Begins behind what was written before it first ran. */
export const createJournalWorker = (deps: Deps): JournalWorker => {
  const cursor = createJournalCursor(deps.db, { name: deps.name, start: 'last' })
  const stopping = new AbortController()
  const { signal } = stopping
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let isFirst = cursor.isNew
  if (isFirst) cursor.advance()

  const step = async (): Promise<boolean> => {
    // Taken first: what is written while the work is done comes behind it.
    const newest = cursor.newest()
    const upTo = Math.min(newest, cursor.position() + entriesPassed)
    const entries = cursor.read(deps.entities, { limit: entriesAtOnce, upTo })
    for (const workspaceId of new Set(entries.map((entry) => entry.workspaceId)))
      await deps.work(
        workspaceId,
        entries.filter((entry) => entry.workspaceId === workspaceId),
        signal,
      )
    // Stopped halfway, it reads the same entries again.
    if (signal.aborted) return false
    const isFull = entries.length === entriesAtOnce
    const reached = isFull ? (entries.at(-1)?.id ?? upTo) : upTo
    if (reached > cursor.position()) cursor.advance(reached)
    return reached < newest
  }

  const settle = (): Promise<void> => {
    running = running.then(async () => {
      try {
        await deps.before?.(signal, isFirst)
        isFirst = false
        while (!signal.aborted && (await step())) await turn()
      } catch (error) {
        deps.onError(error)
      }
    })
    return running
  }

  const wake = (): void => {
    clearTimeout(timer)
    if (signal.aborted) return
    timer = setTimeout(() => void settle(), quietMs)
    timer.unref()
  }
  const hourly = setInterval(wake, hourMs)
  hourly.unref()
  wake()

  return {
    settle,
    wake,
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      clearInterval(hourly)
      await running
    },
  }
}
