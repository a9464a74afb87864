/**
 * The pages behind the one that was just sent, made while that one travels: one is compressed while the
 * next is read, and a client that catches up waits for neither. What is written meanwhile has a greater
 * seq, and comes with a page behind them.
 */
import { turn } from '../kernel/turn'
import type { Page, Reading } from './pages'

type Wanted = { after: number; limit: number }

export type ReadingAhead = {
  /** The page that is wanted, made anew unless it was prepared. */
  next: (wanted: Wanted) => Promise<Page>
  /** Begins with the page that is most likely wanted next, and those behind it. */
  prepare: (wanted: Wanted) => void
  /** What was prepared may no longer be shown. */
  forget: () => void
}

/** Pages that are prepared at a time, of a megabyte at most before they are compressed. */
const depth = 2

type Deps = {
  read: (wanted: Wanted) => Reading
  /** The workspace's newest seq. */
  head: () => number
}

export const createReadingAhead = ({ read, head }: Deps): ReadingAhead => {
  const prepared: (Wanted & Reading)[] = []
  const state = {
    /** Counts up whenever what is under way is no longer wanted. */
    run: 0,
    /** Where the page begins that is read next; `undefined` behind the last one. */
    from: undefined as number | undefined,
  }

  /** A page may be smaller than wanted: clients begin with a small one, and go on with large ones. */
  const isNext = ({ after, limit }: Wanted): boolean =>
    prepared[0]?.after === after && prepared[0].limit <= limit

  const forget = () => {
    state.run += 1
    state.from = undefined
    prepared.length = 0
  }

  /** Answers whether there is a page behind this one. */
  const add = (wanted: Wanted): boolean => {
    try {
      const reading = read(wanted)
      prepared.push({ ...wanted, ...reading })
      state.from = reading.done ? undefined : reading.upTo
    } catch {
      // Whoever asks for this page reads it anew, and is told what is wrong.
      state.from = undefined
    }
    return state.from !== undefined
  }

  const fill = async ({ limit }: Wanted) => {
    const { run } = state
    while (prepared.length < depth) {
      // Others are served between two pages.
      await turn()
      if (run !== state.run || state.from === undefined) return
      if (!add({ after: state.from, limit })) return
    }
  }

  return {
    forget,
    next: (wanted) => {
      const first = isNext(wanted) ? prepared.shift() : undefined
      // What was the last page when it was read may not be the last any more.
      if (first && (!first.done || first.upTo >= head())) return first.page()
      forget()
      return read(wanted).page()
    },
    prepare: (wanted) => {
      const isUnderWay = prepared.length === 0 && state.from === wanted.after
      if (!isNext(wanted) && !isUnderWay) {
        forget()
        state.from = wanted.after
      }
      state.run += 1
      void fill(wanted)
    },
  }
}
