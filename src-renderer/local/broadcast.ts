/** What the windows of one profile tell each other. */
import { z } from 'zod'
import type { Changes } from './query/tables'
import type { SyncState } from './sync/types'

export type BusMessage =
  /** Rows changed: read them again. */
  | { type: 'rows'; changes: Changes }
  /** The outbox or the issues changed; `written`: there is something to push. */
  | { type: 'outbox'; written: boolean }
  | { type: 'history' }
  /** The leader's state, and the question for it. */
  | { type: 'state'; state: SyncState }
  | { type: 'askState' }
  /** To the leader: try to connect now, or say hello anew. */
  | { type: 'syncNow' }
  | { type: 'restart' }
  /** To the leader: compare what is stored with the server's. */
  | { type: 'audit' }

const types = ['rows', 'outbox', 'history', 'state', 'askState', 'syncNow', 'restart', 'audit']

const messageSchema = z.custom<BusMessage>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    types.includes(String(value.type)),
)

/** A message of another window; windows of another version may send what is not known here. */
export const parseBusMessage = (message: unknown): BusMessage | undefined =>
  messageSchema.safeParse(message).data
