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

  const isNext = ({ after, limit }: Wanted): boolean =>
    prepared[0]?.after === after && prepared[0].limit === limit

  const fill = async () => {
    // Others are served between two pages.
    await turn()
    const last = prepared.at(-1)
    if (!last || last.done || prepared.length >= depth) return
    const wanted = { after: last.upTo, limit: last.limit }
    prepared.push({ ...wanted, ...read(wanted) })
  }

  return {
    next: (wanted) => {
      const first = isNext(wanted) ? prepared.shift() : undefined
      // What was the last page when it was read may not be the last any more.
      if (first && (!first.done || first.upTo >= head())) return first.page()
      prepared.length = 0
      return read(wanted).page()
    },
    prepare: (wanted) => {
      if (!isNext(wanted)) prepared.splice(0, prepared.length, { ...wanted, ...read(wanted) })
      void fill()
    },
    forget: () => {
      prepared.length = 0
    },
  }
}
