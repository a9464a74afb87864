/** What a run is made with instead of the real parts; empty for the real thing. */
import type { Authenticate } from '../../server/auth/authenticate'
import type { Commit } from '../../server/kernel/ports'
import type { createLookup } from '../../server/sync/lookup'
import type { OpenSocket } from '../../src-renderer/local/platform'

export type Variant = {
  readonly name: string
  commit?: (commit: Commit) => Commit
  authenticate?: (authenticate: Authenticate) => Authenticate
  lookUp?: (lookUp: ReturnType<typeof createLookup>) => ReturnType<typeof createLookup>
  /** Around the sockets of one machine. */
  socket?: (open: OpenSocket) => OpenSocket
  /** What IndexedDB stores instead of a value; `stores` are those of the transaction. */
  stored?: (write: { store: string; stores: readonly string[]; value: unknown }) => unknown
}

/** The product as it is. */
export const real: Variant = { name: 'the real thing' }
