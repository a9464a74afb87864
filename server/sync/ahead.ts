/**
 * The page behind the one that was just sent, made while that one travels: a client that catches up
 * waits for nothing to be read and compressed. What is written meanwhile has a greater seq, and comes
 * with a page behind it.
 */
import { begun } from '../../shared/kernel/begun'
import type { Page } from './pages'

type Wanted = { after: number; limit: number }

export type ReadingAhead = {
  /** The page that is wanted, made anew unless it was prepared. */
  next: (wanted: Wanted) => Promise<Page>
  prepare: (wanted: Wanted) => void
  /** What was prepared may no longer be shown. */
  forget: () => void
}

export const createReadingAhead = (read: (wanted: Wanted) => Promise<Page>): ReadingAhead => {
  let ahead: (Wanted & { page: () => Promise<Page> }) | undefined
  return {
    next: (wanted) => {
      const prepared = ahead
      ahead = undefined
      return prepared?.after === wanted.after && prepared.limit === wanted.limit
        ? prepared.page()
        : read(wanted)
    },
    prepare: (wanted) => {
      ahead = { ...wanted, page: begun(read(wanted)) }
    },
    forget: () => {
      ahead = undefined
    },
  }
}
