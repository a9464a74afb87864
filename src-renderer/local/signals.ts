/** Carries news between writing, queries, listeners and the other windows of the profile. */
import { type BusMessage, parseBusMessage } from './broadcast'
import type { Database } from './database'
import { historyLabels } from './edits/history'
import type { Emitter } from './emitter'
import type { Platform } from './platform'
import type { Changes, FreshRows, Tables } from './query/tables'
import { createStatusKeeper, type StatusKeeper } from './status'
import type { SyncState } from './sync/types'

export type Signals = {
  status: StatusKeeper
  rows: (changes: Changes, fresh?: FreshRows) => void
  outbox: (options: { written: boolean }) => void
  history: () => void
  /** The state of the engine in this window, which leads. */
  state: (state: SyncState) => void
  /** To the leader, whichever window it is. */
  command: (command: Command) => void
  close: () => void
}

export type Command = 'push' | 'syncNow' | 'restart' | 'audit'

export type SignalsDeps = {
  name: string
  database: Database
  tables: Tables
  platform: Platform
  emitter: Emitter
  /** Called in every window; whichever leads acts. */
  onCommand: (command: Command) => void
  isLeading: () => boolean
}

export const createSignals = (deps: SignalsDeps): Signals => {
  const { database, emitter, tables } = deps

  const status = createStatusKeeper(database, {
    onStatus: (next) => emitter.emit({ type: 'status', status: next }),
    onIssues: () => emitter.emit({ type: 'issues' }),
    onAway: () => emitter.emit({ type: 'away' }),
  })

  const rowsHere = (changes: Changes, fresh?: FreshRows) => {
    tables.touch(changes, fresh)
    emitter.emitChanges(changes)
  }
  const historyHere = () => {
    historyLabels(database).then(
      (labels) => emitter.emit({ type: 'history', ...labels }),
      () => undefined,
    )
  }
  const outboxHere = (written: boolean) => {
    status.recount()
    if (written) deps.onCommand('push')
  }

  const hear = (message: BusMessage) => {
    if (message.type === 'rows') rowsHere(message.changes)
    else if (message.type === 'outbox') outboxHere(message.written)
    else if (message.type === 'history') historyHere()
    else if (message.type === 'askState') {
      if (deps.isLeading()) tell({ type: 'state', state: status.state() })
    } else if (message.type === 'state') {
      if (!deps.isLeading()) status.setState(message.state)
    } else deps.onCommand(message.type)
  }

  const bus = deps.platform.openBus(deps.name, (raw) => {
    const message = parseBusMessage(raw)
    if (message) hear(message)
  })
  const tell = (message: BusMessage) => bus.post(message)
  tell({ type: 'askState' })

  return {
    status,
    rows: (changes, fresh) => {
      if (Object.keys(changes).length === 0) return
      rowsHere(changes, fresh)
      tell({ type: 'rows', changes })
    },
    outbox: ({ written }) => {
      outboxHere(written)
      tell({ type: 'outbox', written })
    },
    history: () => {
      historyHere()
      tell({ type: 'history' })
    },
    state: (state) => {
      status.setState(state)
      tell({ type: 'state', state })
    },
    command: (command) => {
      if (deps.isLeading() || command === 'push') deps.onCommand(command)
      else tell({ type: command })
    },
    close: () => {
      status.stop()
      bus.close()
    },
  }
}
