/**
 * Makes the orders that a list may be asked for next: its head offers to sort by each column, and
 * the first time a hundred thousand rows are sorted is felt. In short pieces, so that whatever is
 * asked meanwhile is answered in between.
 */
import type { Time } from '../platform'
import type { Tables } from './tables'

/** Smaller tables are sorted at once, before anybody notices. */
const worthPreparing = 5_000
const pieceMs = 4
/** So long nothing has been asked: whoever types waits for nothing. */
const quietMs = 150

export type Preparing = {
  /** Something has been asked: whoever asked may go on. */
  asked: () => void
  /** A table of this entity's records is on screen, and offers to be sorted by its columns. */
  listed: (entity: string) => void
}

type Deps = { tables: Tables; time: Time; onError: (cause: unknown) => void }

export const createPreparing = ({ tables, time, onError }: Deps): Preparing => {
  const state = { askedAt: 0 }

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      time.after(ms, resolve)
    })

  const untilQuiet = async () => {
    const left = () => state.askedAt + quietMs - time.now()
    await wait(Math.max(0, left()))
    while (left() > 0) await wait(left())
  }

  const workOff = async (work: Generator<void, void>) => {
    for (;;) {
      await untilQuiet()
      const end = time.now() + pieceMs
      do if (work.next().done) return
      while (time.now() < end)
    }
  }

  const prepare = async (name: string) => {
    const { entity, titles } = (await tables.current(name)).table
    if (titles.length < worthPreparing) return
    for (const field of entity.list.columns) {
      // References are sorted by names, so what they name is read first.
      await tables.namesFor(entity, field)
      const work = (await tables.current(name)).table.prepare(field)
      if (work) await workOff(work)
    }
  }

  const under = new Set<string>()
  return {
    asked: () => {
      state.askedAt = time.now()
    },
    listed: (name) => {
      if (under.has(name)) return
      under.add(name)
      prepare(name)
        .catch(onError)
        .finally(() => under.delete(name))
    },
  }
}
