/** Puts the parts of the server together over one database. */
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { rules } from '../../shared/features/rules'
import { createAuthenticate } from '../auth/authenticate'
import { createDevices } from '../auth/devices'
import { createPrincipals } from '../auth/logins'
import type { PasswordCost } from '../auth/passwords'
import { createSessions } from '../auth/sessions'
import { createTokens } from '../auth/tokens'
import type { Db } from '../db/open'
import { workspace } from '../db/schema'
import { createLeadAssignment } from '../features/leads/assign'
import { createLeadScoring } from '../features/leads/scoring'
import { createQuoteNumbers } from '../features/quotes/numbers'
import { createCommit, type Written } from './commit/commit'
import { createCompletingCommit } from './commit/complete'
import { createKeyedLock } from './keyed-lock'
import { createMetrics } from './metrics'
import type { Commit } from './ports'
import { syncIndexes } from './store/indexes'
import { createReader } from './store/reader'
import { createRecordTable } from './store/records'
import { createSearchIndex } from './store/search-index'
import { createViewers } from './viewers'

export type Services = ReturnType<typeof createServices>

/** Everything behind the ways in; `now` gives Unix milliseconds. */
export const createServices = (deps: {
  db: Db
  log: Logger
  jwtSecret: string
  now: () => number
  /** Cheaper password hashes than real ones, for tests. */
  passwordCost?: PasswordCost
}) => {
  const { db, log, now } = deps
  const metrics = createMetrics()
  syncIndexes(db)
  const records = createRecordTable({ db, log, onCorrupt: () => metrics.corruptRows.inc() })
  const searchIndex = createSearchIndex({ db, records })
  const listeners = new Set<(written: Written) => void>()
  const revocations = new Set<() => void>()
  const committer = createCommit({
    db,
    records,
    log,
    now,
    onWritten: (written) => {
      searchIndex.wake()
      for (const worker of workers) worker.wake()
      for (const part of written) for (const listener of listeners) listener(part)
    },
  })
  // What was written by others, or just before the end.
  searchIndex.wake()
  const reader = createReader({ db, records, settle: searchIndex.settle })
  const work = {
    db,
    reader,
    commit: committer.commit,
    now,
    onError: (error: unknown) => log.error({ err: error }, 'work in the background failed'),
  }
  const scoring = createLeadScoring(work)
  const quoteNumbers = createQuoteNumbers(work)
  const workers = [scoring, quoteNumbers]
  const currencyOf = createCurrencies(db)
  const completing = createCompletingCommit({
    commit: committer.commit,
    reader,
    rules,
    now,
    currencyOf,
    owners: createLeadAssignment({ db, reader }),
  })
  const commit: Commit = async (actor, edits) => {
    // Devices apply the rules before they push; what they push, or type into a room, stands as it is.
    const isComplete = actor.via === 'sync' || actor.via === 'collab'
    const write = isComplete ? committer.commit : completing
    const outcomes = await write(actor, edits)
    for (const { ok } of outcomes) metrics.edits.inc({ outcome: ok ? 'accepted' : 'refused' })
    return outcomes
  }
  const tokens = createTokens({ secret: deps.jwtSecret, now })
  const devices = createDevices({ db, now })
  const sessions = createSessions({ db, now, devices })
  const principals = createPrincipals(db)
  return {
    db,
    log,
    now,
    passwordCost: deps.passwordCost,
    tagLock: createKeyedLock(),
    metrics,
    records,
    reader,
    viewerOf: createViewers(db),
    currencyOf,
    commit,
    decided: committer.decided,
    scoring,
    quoteNumbers,
    tokens,
    sessions,
    principals,
    devices,
    authenticate: createAuthenticate({ db, tokens, sessions, principals, devices }),
    /** Somebody lost access: whoever is connected is looked at again. */
    onRevoked: () => {
      for (const listener of revocations) listener()
    },
    /** Calls back when somebody lost access until the returned function is called. */
    whenRevoked: (listener: () => void) => {
      revocations.add(listener)
      return () => revocations.delete(listener)
    },
    /** Calls back after every durable transaction until the returned function is called. */
    onWritten: (listener: (written: Written) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Waits for what is under way and closes the database. */
    close: async () => {
      for (const worker of workers) await worker.stop()
      await committer.idle()
      searchIndex.stop()
      db.$client.close()
    },
  }
}

/** The currency of each workspace, which is set once. */
const createCurrencies = (db: Db): ((workspaceId: string) => string) => {
  const known = new Map<string, string>()
  return (workspaceId) => {
    const found = known.get(workspaceId)
    if (found !== undefined) return found
    const [row] = db.select().from(workspace).where(eq(workspace.id, workspaceId)).all()
    known.set(workspaceId, row?.currency ?? 'EUR')
    return row?.currency ?? 'EUR'
  }
}
