/** What the sync engine is given and what it tells. Nothing in this folder knows a browser. */

import type { RefusalInfo } from '../../../shared/kernel/refusal'
import type { RecordTuple } from '../../../shared/protocol/sync'
import type { OpenSocket, Time } from '../platform'
import type { LocalEdit } from '../stored'
import type { Coverage } from './copy'
import type { Forgotten } from './forget'
import type { Unpacked } from './unpack'

/** The server could not be reached; trying again later is all there is to do. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Where this device stands when it says hello. */
export type Position = { device: string; epoch: string | null; cursor: number }

/** Edits decided by the server: accepted ones with the record's seq. */
export type Decisions = {
  accepted: [n: number, seq: number][]
  refused: [n: number, RefusalInfo][]
}

/** The server at `welcome`: `tiers`, it gives copies in parts; `records`, how many are behind the cursor. */
export type ServerHead = {
  epoch: string
  access: string | undefined
  tiers: boolean
  seq: number
  records: number
  /** The last edit of this device that the server has decided on. */
  decided: { n: number; stamp: string | undefined }
}

/** Records of the older part, read when the workspace stood at `seq`, and how far they bring it. */
export type OlderPart = {
  records: readonly RecordTuple[]
  derived?: Unpacked['derived']
  seq: number
  access: string | undefined
  /** What every copy holds has come up to there; `null`: all of it is here. */
  keptAfter?: number | null
  /** The floor before and after. */
  floor?: { from: number; to: number }
}

/** The store as the engine sees it. Each call is one transaction. */
export type SyncStorage = {
  position: () => Promise<Position>
  /**
   * Takes the server's epoch; `changed` where it is another than before and hello must be said anew.
   * Else where to pull from: a big workspace is not copied from its beginning.
   */
  meet: (server: ServerHead) => Promise<'changed' | (Coverage & { cursor: number })>
  /**
   * Takes older records. `again`: something went out of sight since they were read; `moved`: the
   * copy is to hold something else by now.
   */
  addOlder: (part: OlderPart) => Promise<'taken' | 'again' | 'moved'>
  /** Replaces base states and moves the cursor; `isCatchUp`: this device had been away. */
  applyRecords: (
    records: readonly RecordTuple[],
    upTo: number,
    options: {
      isCatchUp: boolean
      access?: string | undefined
      /** Records as they are where no edits wait for them; those that are missing are derived. */
      derived?: Unpacked['derived']
    },
  ) => Promise<void>
  /** Everything up to the present has been pulled; answers what is still to come. */
  caughtUp: () => Promise<Coverage>
  /** The next edits after number `after` that are not acknowledged; groups stay whole. */
  nextPush: (after: number, options: { oneGroup: boolean }) => Promise<LocalEdit[]>
  /** Takes another device id and numbers what waits anew: this one is in use elsewhere. */
  renumber: () => Promise<void>
  settle: (decisions: Decisions) => Promise<void>
  /** Whether this copy has not been compared with the server's for a day, or not under this access. */
  isAuditDue: (access: string | undefined) => Promise<boolean>
  /** Mends rows that do not follow from what is stored beside them; answers all there is, by seq. */
  survey: () => Promise<Survey>
  /** Takes the server's records where this copy has others, and forgets surplus ones; answers how many. */
  heal: (records: readonly RecordTuple[], surplus: readonly Forgotten[]) => Promise<number>
  audited: (result: {
    checked: number
    healed: number
    access: string | undefined
  }) => Promise<void>
}

/** The stored records' hashes in seq order, and how many rows had to be mended on the way. */
export type Survey = {
  held: (Forgotten & { hash: number })[]
  healed: number
  /** Up to this seq, only what every copy holds is among them. */
  floor: number
}

export type AccessToken = { token: string; expiresAtMs: number }

/** Where the connection is; the counts beside it come from the store. */
export type SyncState =
  | { state: 'signedOut' }
  | { state: 'offline'; since: string }
  | { state: 'connecting' }
  | { state: 'syncing'; done: number; total: number }
  | { state: 'live'; clockOffMs?: number }
  | { state: 'blocked'; reason: RefusalInfo }

export type EngineDeps = {
  storage: SyncStorage
  url: string
  app: string
  openSocket: OpenSocket
  time: Time
  inflate: (bytes: Uint8Array) => Promise<Uint8Array>
  /** A token to say hello with; throws a `Refusal` where the session has ended. */
  accessToken: (options: { isRejected: boolean }) => Promise<AccessToken>
  onState: (state: SyncState) => void
  /** Something went wrong that nobody foresaw; the engine goes on by itself. */
  onError: (cause: unknown) => void
}
