/**
 * Everything of one signed-in workspace in this window: database, queries, writing, and, if this
 * window leads, the sync engine.
 */
import { entityNames } from '../../shared/features'
import { Refusal } from '../../shared/kernel/refusal'
import type { Session } from './api'
import { type Database, openDatabase, readMeta } from './database'
import { mayEdit } from './edits/check'
import type { RuleDeps } from './edits/complete'
import type { WriteContext } from './edits/write'
import type { Emitter } from './emitter'
import { type AskServer, createAsk } from './files/ask'
import { createUploads, type Uploads } from './files/uploads'
import { createLookups, type Lookups } from './lookup'
import type { Platform } from './platform'
import { createQueries, type Queries } from './query/queries'
import { createTables } from './query/tables'
import { rebuildIfNeeded } from './rebuild'
import { syncUrl } from './session/auth'
import type { Tokens } from './session/tokens'
import { type Command, createSignals, type Signals } from './signals'
import { changeCopy } from './sync/copy'
import { createSyncEngine, type SyncEngine } from './sync/engine'
import { pullAgain, rederive } from './sync/rederive'
import { createSyncStorage } from './sync/storage'
import type { SyncStorage } from './sync/types'

export type Workspace = {
  database: Database
  queries: Queries
  write: WriteContext
  /** What the rules of the entities may look at, as of now. */
  rules: () => RuleDeps
  signals: Signals
  ask: AskServer
  lookUp: Lookups['lookUp']
  /** Fetches those of these records that this copy does not hold. */
  hold: Lookups['hold']
  /** Holds so many of the latest changes from now on, or everything. */
  changeCopy: (latest: number | null) => Promise<void>
  close: () => void
}

export type WorkspaceDeps = {
  platform: Platform
  session: () => Session
  tokens: Tokens
  emitter: Emitter
  /** The server has sent this device away: what it holds has to go. */
  onRevoked: () => void
}

/** The name of a workspace's database; each user of this machine has their own. */
const databaseName = ({ workspaceId, userId }: Session): string =>
  `roadbook-${workspaceId}-${userId}`

/** Opens what is stored of the session's workspace and starts to sync if this window leads. */
export const openWorkspace = async (deps: WorkspaceDeps): Promise<Workspace> => {
  const { platform, emitter } = deps
  const name = databaseName(deps.session())
  const database = await openDatabase(name, platform)
  await rebuildIfNeeded(database)
  const leading = {
    engine: undefined as SyncEngine | undefined,
    uploads: undefined as Uploads | undefined,
    stop: () => {},
  }

  const tables = createTables(database, async (entity, ids) => {
    await repair(database, entity, ids)
    signals.rows({ [entity]: ids })
    signals.command('restart')
  })
  const signals = createSignals({
    name,
    database,
    tables,
    platform,
    emitter,
    isLeading: () => leading.engine !== undefined,
    onCommand: (command) => {
      obey(leading.engine, command)
      if (command === 'push') leading.uploads?.run()
    },
  })
  reportLoss(database, signals)

  const ask = createAsk({
    fetch: platform.fetch,
    serverUrl: () => deps.session().serverUrl,
    accessToken: deps.tokens.accessToken,
  })
  const storage = createStorage(deps, {
    database,
    signals,
    // A record that was taken may have a content that waits for that.
    onOutbox: () => leading.uploads?.run(),
  })
  const release = platform.lead(name, () => {
    const uploads = createUploads({
      database,
      ask,
      now: platform.time.now,
      onChanged: () => signals.outbox({ written: false }),
    })
    const engine = createEngine(deps, { storage, signals, uploads })
    const endListening = platform.onNetwork((isOnline) =>
      isOnline ? engine.retryNow() : engine.pause(),
    )
    Object.assign(leading, { engine, uploads })
    leading.stop = () => {
      endListening()
      uploads.stop()
    }
    engine.start()
  })

  const { time, onError } = platform
  const lookups = createLookups({ database, ask, storage, time, onError })
  const queries = createQueries({
    database,
    tables,
    entityNames,
    missing: lookups.missing,
    time,
    onError,
  })
  return {
    database,
    queries,
    signals,
    ask,
    lookUp: lookups.lookUp,
    hold: lookups.hold,
    changeCopy: async (latest) => {
      await changeCopy(database, latest)
      signals.outbox({ written: false })
      signals.command('restart')
    },
    rules: () => ({
      queries,
      userId: deps.session().userId,
      currency: deps.session().currency,
      now: platform.time.now(),
    }),
    write: {
      database,
      userId: deps.session().userId,
      role: () => deps.session().role,
      now: platform.time.now,
      onWritten: (changes, { history }) => {
        signals.rows(changes)
        signals.outbox({ written: true })
        if (history) signals.history()
      },
    },
    close: () => {
      leading.stop()
      leading.engine?.stop()
      release()
      // First the signals: closing on purpose is no loss to report.
      queries.stop()
      signals.close()
      database.dexie.close()
    },
  }
}

const obey = (engine: SyncEngine | undefined, command: Command): void => {
  if (command === 'push') engine?.poke()
  else if (command === 'syncNow') engine?.retryNow()
  else if (command === 'audit') engine?.audit()
  else engine?.restart()
}

const createStorage = (
  deps: WorkspaceDeps,
  { database, signals, onOutbox }: { database: Database; signals: Signals; onOutbox: () => void },
): SyncStorage => {
  const { platform } = deps
  return createSyncStorage({
    database,
    now: platform.time.now,
    userId: deps.session().userId,
    mayEdit: (entity) => mayEdit(entity, deps.session().role),
    onChanged: signals.rows,
    onOutbox: () => {
      signals.outbox({ written: false })
      onOutbox()
    },
    onAudited: ({ healed, isExpected }) => {
      signals.outbox({ written: false })
      // It has been mended, but whoever looks into it should find a trace.
      if (healed > 0 && !isExpected)
        platform.onError(new Error(`${healed} records differed and were mended`))
    },
    onRepull: () => signals.command('restart'),
    ...(platform.copyLimits ? { limits: platform.copyLimits } : {}),
  })
}

const createEngine = (
  deps: WorkspaceDeps,
  { storage, signals, uploads }: { storage: SyncStorage; signals: Signals; uploads: Uploads },
): SyncEngine => {
  const { platform } = deps
  return createSyncEngine({
    storage,
    url: syncUrl(deps.session().serverUrl),
    app: platform.app,
    openSocket: platform.openSocket,
    time: platform.time,
    inflate: platform.inflate,
    accessToken: deps.tokens.accessToken,
    onState: (state) => {
      signals.state(state)
      if (state.state === 'live') uploads.run()
      if (state.state === 'blocked' && state.reason.code === 'device.revoked') deps.onRevoked()
    },
    onError: platform.onError,
  })
}

/** Damaged rows are derived from what is left of them and pulled again. */
const repair = (database: Database, entity: string, ids: string[]): Promise<void> => {
  const { rowTables, outbox, meta: metaTable, dexie } = database
  return dexie.transaction('rw', [...rowTables, outbox, metaTable], async () => {
    const meta = await readMeta(database)
    await rederive(
      database,
      meta,
      ids.map((id) => ({ entity, id })),
    )
    pullAgain(meta)
    await metaTable.put(meta)
  })
}

/** Another window, or the browser, can take the database away; the person must learn of it. */
const reportLoss = (database: Database, signals: Signals): void => {
  const report = () =>
    signals.status.setState({ state: 'blocked', reason: new Refusal('storage.lost').info })
  database.dexie.on('versionchange', () => {
    database.dexie.close()
    report()
    return false
  })
  database.dexie.on('close', report)
}
