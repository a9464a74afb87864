/**
 * A virtual event loop: everything that a run does happens here, in an order that the seed decides.
 * Each task belongs to a process (a window, the server); killing one drops its tasks, so that its
 * promises never settle, which is what `kill -9` looks like from the inside.
 */
import type { Random } from '../../server/demo/random'

export type Process = { readonly name: string; isAlive: boolean; ready: Task[] }

type Task = { process: Process; at: number; order: number; run: () => void; isCancelled: boolean }

/** Takes a task back. */
export type Cancel = () => void

export type Loop = {
  now: () => number
  process: (name: string) => Process
  kill: (process: Process) => void
  /** Whoever runs right now; what it schedules belongs to it. */
  current: () => Process
  /** As soon as it is this process's turn. */
  soon: (process: Process, run: () => void) => Cancel
  after: (process: Process, ms: number, run: () => void) => Cancel
  /** Works tasks off until the first of the limits is reached. */
  run: (limit: Limit) => Promise<void>
}

export type Limit = { tasks?: number; ms?: number; until?: () => boolean }

// The real one: between two tasks everything that was promised has to happen.
const realImmediate = setImmediate
/** Turns of the real loop are dear; this many tasks share one. */
const tasksPerTurn = 32

const insert = (timers: Task[], task: Task): void => {
  let at = timers.length
  for (; at > 0; at -= 1) {
    const before = timers[at - 1]
    if (!before || before.at < task.at || (before.at === task.at && before.order < task.order))
      break
  }
  timers.splice(at, 0, task)
}

export const createLoop = (random: Random, start: number): Loop => {
  const root: Process = { name: 'world', isAlive: true, ready: [] }
  const state = { now: start, order: 0, current: root }
  const busy: Process[] = []
  const timers: Task[] = []

  const task = (process: Process, ms: number, run: () => void): Task => {
    state.order += 1
    return { process, at: state.now + ms, order: state.order, run, isCancelled: false }
  }

  const soon: Loop['soon'] = (process, run) => {
    const made = task(process, 0, run)
    if (process.isAlive) {
      if (process.ready.length === 0) busy.push(process)
      process.ready.push(made)
    }
    return () => {
      made.isCancelled = true
    }
  }

  const after: Loop['after'] = (process, ms, run) => {
    const made = task(process, Math.max(0, Math.ceil(ms)), run)
    if (process.isAlive) insert(timers, made)
    return () => {
      made.isCancelled = true
    }
  }

  /** One task of a random process that has something to do. */
  const takeReady = (): Task | undefined => {
    while (busy.length > 0) {
      const at = random.below(busy.length)
      const process = busy[at]
      const next = process?.isAlive ? process.ready.shift() : undefined
      if (!process || process.ready.length === 0 || !process.isAlive) busy.splice(at, 1)
      if (next && !next.isCancelled) return next
    }
    return undefined
  }

  const takeTimer = (deadline: number): Task | undefined => {
    for (;;) {
      const [first] = timers
      if (!first || first.at > deadline) return undefined
      timers.shift()
      if (first.isCancelled || !first.process.isAlive) continue
      state.now = Math.max(state.now, first.at)
      return first
    }
  }

  const run: Loop['run'] = ({ tasks = Number.POSITIVE_INFINITY, ms, until = () => false }) => {
    const deadline = ms === undefined ? Number.POSITIVE_INFINITY : state.now + ms
    const left = { tasks, isOver: false }
    return new Promise((resolve, reject) => {
      const step = () => {
        if (left.isOver) return
        try {
          const next = left.tasks > 0 && !until() ? (takeReady() ?? takeTimer(deadline)) : undefined
          if (!next) {
            left.isOver = true
            state.current = root
            if (left.tasks > 0 && ms !== undefined && !until())
              state.now = Math.max(state.now, deadline)
            return resolve()
          }
          left.tasks -= 1
          state.current = next.process
          next.run()
        } catch (error) {
          left.isOver = true
          reject(error)
        }
      }
      const turn = () => {
        for (let count = 0; count < tasksPerTurn; count += 1) realImmediate(step)
        realImmediate(() => {
          if (!left.isOver) turn()
        })
      }
      turn()
    })
  }

  return {
    now: () => state.now,
    process: (name) => ({ name, isAlive: true, ready: [] }),
    kill: (process) => {
      process.isAlive = false
      process.ready = []
    },
    current: () => state.current,
    soon,
    after,
    run,
  }
}
