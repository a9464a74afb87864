/**
 * Makes the orders that a list may be asked for next: its head offers to sort by each column, and
 * the first time a hundred thousand rows are sorted is felt. In short pieces, so that whatever is
 * asked meanwhile is answered in between.
 */
import type { Time } from '../platform'
import type { MemoryTable } from './table'
import type { Tables } from './tables'

/** Smaller tables are sorted at once, before anybody notices. */
const worthPreparing = 5_000
/** Larger tables are prepared once their list is on screen: all their orders take much memory. */
const worthForesight = 50_000
const pieceMs = 4
/** So long nothing has been asked: whoever types waits for nothing. */
const quietMs = 150
/** So long no row has changed: while a copy is being filled, every order would be made in vain. */
const stillMs = 1_000

export type Preparing = {
  /** Something has been asked: whoever asked may go on. */
  asked: () => void
  /**
   * A table of this entity's records is on screen, and offers to be sorted by its columns. The lists
   * that may be opened next follow it, where their records are in memory.
   */
  listed: (entity: string) => void
  stop: () => void
}

type Deps = {
  tables: Tables
  entityNames: readonly string[]
  time: Time
  onError: (cause: unknown) => void
}

export const createPreparing = ({ tables, entityNames, time, onError }: Deps): Preparing => {
  const state = { askedAt: 0, isStopped: false }

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
      if (state.isStopped) return
      const end = time.now() + pieceMs
      do if (work.next().done) return
      while (time.now() < end)
    }
  }

  /** The table, once its rows have ceased to change. */
  const still = async (name: string): Promise<MemoryTable> => {
    for (;;) {
      const { table } = await tables.current(name)
      const version = table.version()
      await wait(stillMs)
      if (state.isStopped || table.version() === version) return table
    }
  }

  const sizeOf = async (name: string) => (await tables.current(name)).table.titles.length

  const prepare = async (name: string) => {
    if ((await sizeOf(name)) < worthPreparing) return
    const { entity } = await still(name)
    for (const field of entity.list.columns) {
      if (state.isStopped) return
      // References are sorted by names, so what they name is read first.
      await tables.namesFor(entity, field)
      const work = (await tables.current(name)).table.prepare(field)
      if (!work) continue
      await workOff(work)
      if (state.isStopped) return
      // It has given up where rows changed meanwhile: the next list asks again.
      if ((await tables.current(name)).table.prepare(field)) return
    }
  }

  const prepareOthers = async (than: string) => {
    for (const name of entityNames) {
      if (state.isStopped) return
      if (name === than || !tables.isReady(name)) continue
      if ((await sizeOf(name)) <= worthForesight) await prepare(name)
    }
  }

  const under = new Set<string>()
  return {
    stop: () => {
      state.isStopped = true
    },
    asked: () => {
      state.askedAt = time.now()
    },
    listed: (name) => {
      if (under.has(name)) return
      under.add(name)
      prepare(name)
        .then(() => prepareOthers(name))
        .catch(onError)
        .finally(() => under.delete(name))
    },
  }
}
