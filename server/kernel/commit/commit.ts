/**
 * The one way in. Calls that wait at the same time share a transaction (group commit): a commit is
 * one fsync, and sharing it makes a busy server ten times faster than one edit a transaction.
 */
import type { Logger } from 'pino'
import type { Db } from '../../db/open'
import type { Actor, Commit, EditInput, EditOutcome } from '../ports'
import type { RecordTable } from '../store/records'
import type { Decided } from './devices'
import type { WrittenRecord } from './draft'
import { createWriter } from './write'

/** Records that one transaction wrote, per workspace, in seq order. */
export type Written = { workspaceId: string; records: WrittenRecord[] }

type Waiting = {
  actor: Actor
  edits: readonly EditInput[]
  resolve: (outcomes: EditOutcome[]) => void
  reject: (error: unknown) => void
}

type CommitDeps = {
  db: Db
  records: RecordTable
  log: Logger
  now: () => number
  /** Called after the transaction is durable. */
  onWritten: (written: Written[]) => void
}

/** Most edits that share one transaction; more wait for the next, so that nobody waits long. */
const maxBatch = 2000

type Committer = {
  commit: Commit
  /** The last edit of a user's device that was decided on; refuses a foreign device. */
  decided: (workspaceId: string, device: string, userId: string) => Decided
  /** Resolves when nothing waits to be written any more. */
  idle: () => Promise<void>
}

/** Builds `commit()` over a database. */
export const createCommit = (deps: CommitDeps): Committer => {
  const writer = createWriter(deps)
  const queue: Waiting[] = []
  const state = { scheduled: false }

  const takeBatch = (): Waiting[] => {
    const batch: Waiting[] = []
    let edits = 0
    while (queue.length > 0 && edits < maxBatch) {
      const next = queue.shift()
      if (!next) break
      batch.push(next)
      edits += next.edits.length
    }
    return batch
  }

  /** Each call is a savepoint: a bug in one of them takes only that one down. */
  const decideSafely = (call: Waiting, written: Map<string, WrittenRecord[]>) => {
    try {
      const { outcomes, records } = deps.db.$client.transaction(() => writer.decide(call))()
      const all = written.get(call.actor.workspaceId) ?? []
      all.push(...records)
      written.set(call.actor.workspaceId, all)
      return () => call.resolve(outcomes)
    } catch (error) {
      return () => call.reject(error)
    }
  }

  const flush = (): void => {
    state.scheduled = false
    const batch = takeBatch()
    const written = new Map<string, WrittenRecord[]>()
    try {
      const answers = deps.db.$client
        .transaction(() => batch.map((call) => decideSafely(call, written)))
        .immediate()
      for (const answer of answers) answer()
      deps.onWritten([...written].map(([workspaceId, records]) => ({ workspaceId, records })))
    } catch (error) {
      deps.log.error({ err: error }, 'a transaction failed, nothing of it was stored')
      for (const call of batch) call.reject(error)
    }
    if (queue.length > 0) schedule()
  }

  const schedule = (): void => {
    if (state.scheduled) return
    state.scheduled = true
    setImmediate(flush)
  }

  return {
    commit: (actor, edits) =>
      new Promise((resolve, reject) => {
        queue.push({ actor, edits, resolve, reject })
        schedule()
      }),
    decided: writer.decided,
    idle: async () => {
      while (queue.length > 0 || state.scheduled)
        await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
