/** The sync status of this window: the leader's state, and counts that every window reads for itself. */
import type { SyncStatus } from './api'
import type { Database } from './database'
import { countRefusedContents } from './files/refused'
import type { AuditResult } from './stored'
import { copyStatusOf } from './sync/copy'
import { wholeCopy } from './sync/copy-status'
import type { SyncState } from './sync/types'

/** The status while nobody is signed in. */
export const signedOutStatus: SyncStatus = {
  state: 'signedOut',
  waiting: 0,
  problems: 0,
  lost: 0,
  news: 0,
  audit: null,
  copy: wholeCopy,
}

export type StatusKeeper = {
  current: () => Promise<SyncStatus>
  state: () => SyncState
  setState: (state: SyncState) => void
  /** The outbox or the issues changed. */
  recount: () => void
  /** Tells nothing more. */
  stop: () => void
}

export type StatusEvents = {
  onStatus: (status: SyncStatus) => void
  onIssues: () => void
  /** What happened while this device was away may have changed. */
  onAway: () => void
}

export const createStatusKeeper = (database: Database, events: StatusEvents): StatusKeeper => {
  const kept = {
    state: { state: 'connecting' } as SyncState,
    counts: { waiting: 0, problems: 0, lost: 0, news: 0 },
    audit: null as AuditResult | null,
    copy: wholeCopy,
    told: '',
    isCounting: false,
    again: false,
    hasStopped: false,
  }

  const count = async () => {
    const { outbox, issues, conflicts, away, files, meta: metaTable } = database
    const [all, acked, refusals, lost, news, contents, refused, meta] = await Promise.all([
      outbox.count(),
      outbox.where('acked').above(-1).count(),
      issues.count(),
      conflicts.count(),
      away.count(),
      files.where('waitingFor').above('').count(),
      countRefusedContents(database),
      metaTable.get('sync'),
    ])
    const before = kept.counts
    const problems = refusals - refused.removed
    kept.counts = { waiting: all - acked + contents - refused.all, problems, lost, news }
    kept.audit = meta?.audit ?? null
    if (meta) kept.copy = copyStatusOf(meta)
    if (before.problems !== problems) events.onIssues()
    // An entry may have changed where their number did not.
    if (before.lost + before.news + lost + news > 0) events.onAway()
  }

  const current = async (): Promise<SyncStatus> => {
    // A database that closed is reported by whoever noticed it; the last counts still say something.
    await count().catch(() => undefined)
    return { ...kept.state, ...kept.counts, audit: kept.audit, copy: kept.copy }
  }

  /** Tells the newest status; what happens while counting is told afterwards. */
  const tell = async () => {
    kept.again = true
    if (kept.isCounting) return
    kept.isCounting = true
    while (kept.again) {
      kept.again = false
      const status = await current()
      const text = JSON.stringify(status)
      if (text !== kept.told && !kept.hasStopped) events.onStatus(status)
      kept.told = text
    }
    kept.isCounting = false
  }

  return {
    current,
    state: () => kept.state,
    setState: (state) => {
      kept.state = state
      void tell()
    },
    recount: () => {
      void tell()
    },
    stop: () => {
      kept.hasStopped = true
    },
  }
}
