/**
 * What the rest of the renderer knows of the local store: an interface that a worker implements
 * over IndexedDB. Components reach it through the hooks of `kernel/` alone.
 */
import type { AnyRow } from '../../shared/kernel/entity'
import type { RefusalInfo } from '../../shared/kernel/refusal'
import type { Lookup } from '../../shared/protocol/lookup'
import type { LookupResult } from './lookup'
import type { AuditResult, AwayEntry, LostEntry } from './stored'
import type { CopyStatus } from './sync/copy-status'

export const listOperators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'notAfter',
  'in',
  'contains',
  'isEmpty',
  'isNotEmpty',
] as const

export type ListOperator = (typeof listOperators)[number]

/**
 * One condition; on tags `in` means any of them, `contains` on text ignores case and accents,
 * `notAfter` holds for what is empty as well.
 */
export type ListCondition = { field: string; operator: ListOperator; value?: unknown }

export type ListQuery = {
  entity: string
  where?: ListCondition[]
  /** Every word must occur in the record's search fields; case and accents are ignored. */
  search?: string
  sort?: { field: string; descending: boolean }[]
  offset?: number
  limit?: number
  deleted?: boolean
  /** References and tags of the rows whose records come along, to be shown by name. */
  naming?: readonly string[]
}

/** `named` are the records asked for by `naming`, as far as they are here. */
export type ListResult = { rows: AnyRow[]; total: number; named?: AnyRow[] }

/** Counts and sums over all live records that match, by groups. */
export type AggregateQuery = {
  entity: string
  where?: ListCondition[]
  search?: string
  /** A date can be grouped by its month or day; a record with several tags stands in each one's group. */
  groupBy: { field: string; by?: 'value' | 'month' | 'day' }[]
  /** Sums of numbers and money; with `percentField` each is weighted by that percentage first. */
  sums?: { name: string; field: string; percentField?: string }[]
  /** Groups in the order in which a list of this sort shows them; otherwise in any order. */
  sort?: { field: string; descending: boolean }[]
}

/** One group; `keys` stand in the order of `groupBy`, null for records without a value. */
export type AggregateGroup = {
  keys: (string | null)[]
  count: number
  sums: { [name: string]: number }
}

/** A hit of the search over all entities, best first. */
export type SearchHit = { entity: string; row: AnyRow }

/** One change of one record; a record that does not exist is created by it. */
export type Change = {
  entity: string
  id: string
  /** Fields by stored value; tags as the whole set wanted (element-wise merging is derived). */
  set?: { [field: string]: unknown }
  /** Rich text as Yjs updates per field, from an editor that began with `openText`. */
  text?: { [field: string]: Uint8Array }
  /** Creates the record: stamps createdAt and createdBy and fills defaults. */
  create?: boolean
}

/** A file to be put on a record; `links` are the reference fields of the record it belongs to. */
export type NewFile = {
  name: string
  mediaType: string
  content: Blob
  links: { [field: string]: string }
}

export type CommitOptions = {
  /** What the undo toast and the undo menu call it, e.g. `Delete contact Ada`. */
  label: string
  /** Absent means true. Typing in rich text is not part of this history: editors have their own. */
  undoable?: boolean
}

/** A change that could not be accepted, before anything was stored. */
export type CommitResult = { ok: true; undoId: string | null } | { ok: false; refusal: RefusalInfo }

/** Whether each value is already with the server; `lostFields`: a newer edit won over one made here. */
export type RecordSync = {
  pendingFields: string[]
  refusedFields: string[]
  lostFields: string[]
}

/**
 * Where the truth is; `waiting` counts edits saved on this machine alone, `problems` refused ones,
 * `lost` those that a newer edit won over, `news` what colleagues changed while this device was away,
 * `audit` what the latest comparison of this copy with the server's came to, `copy` how much of the
 * workspace this copy holds.
 */
export type SyncStatus = {
  waiting: number
  problems: number
  lost: number
  news: number
  audit: AuditResult | null
  copy: CopyStatus
} & (
  | { state: 'signedOut' }
  | { state: 'offline'; since: string }
  | { state: 'connecting' }
  | { state: 'syncing'; done: number; total: number }
  /** `clockOffMs`: how far this machine's clock is ahead of the server's, where that is much. */
  | { state: 'live'; clockOffMs?: number }
  | { state: 'blocked'; reason: RefusalInfo }
)

/** An edit that the server refused: shown in *Sync issues*. */
export type SyncIssue = {
  id: string
  entity: string
  recordId: string
  title: string
  at: string
  values: { [field: string]: unknown }
  /** It is the content of a file that was refused; there are no values. */
  isContent: boolean
  refusal: RefusalInfo
}

/** A record with edits that are on this machine alone; `since` the time of the oldest. */
export type PendingRecord = {
  entity: string
  recordId: string
  title: string
  isNew: boolean
  fields: string[]
  since: string
}

/** What nobody has looked at yet: changes of colleagues on this user's records, and lost edits. */
export type AwayReport = {
  /** When this device had last heard of the server before all of it. */
  since: string | null
  changes: (AwayEntry & { title: string })[]
  lost: (LostEntry & { title: string })[]
}

/** Who is signed in at which server; kept in the profile so that the app opens offline. */
export type Session = {
  serverUrl: string
  userId: string
  userName: string
  email: string
  role: string
  workspaceId: string
  workspaceName: string
  workspaceSlug: string
  /** ISO 4217, for money without a currency of its own. */
  currency: string
}

export type StoreEvent =
  | { type: 'changed'; entity: string; ids: string[] | 'all' }
  | { type: 'status'; status: SyncStatus }
  | { type: 'issues' }
  | { type: 'away' }
  | { type: 'session'; session: Session | null }
  | { type: 'history'; canUndo: string | null; canRedo: string | null }

export type LocalStore = {
  session: () => Promise<Session | null>
  /** Throws a message fit for people when the server refuses or cannot be reached. */
  signIn: (input: { serverUrl: string; email: string; password: string }) => Promise<Session>
  /** Ends the session; `wipe` also removes everything stored on this machine. */
  signOut: (options: { wipe: boolean }) => Promise<void>
  /** Why the last session ended, where that was not its user's doing. */
  ended: () => Promise<RefusalInfo | null>

  list: (query: ListQuery) => Promise<ListResult>
  aggregate: (query: AggregateQuery) => Promise<AggregateGroup[]>
  get: (entity: string, id: string) => Promise<AnyRow | null>
  getMany: (entity: string, ids: string[]) => Promise<AnyRow[]>
  search: (text: string, limit: number) => Promise<SearchHit[]>
  recordSync: (entity: string, id: string) => Promise<RecordSync>

  /** All changes are one transaction here and one group at the server. */
  commit: (changes: Change[], options: CommitOptions) => Promise<CommitResult>
  /** Keeps a file on this machine and sends it when it can; one undoable commit. */
  addFile: (file: NewFile, options: CommitOptions) => Promise<CommitResult>
  /** The content of a file, from here or from the server; a refusal says why it cannot be had. */
  fileContent: (
    id: string,
  ) => Promise<{ ok: true; content: Uint8Array<ArrayBuffer> } | { ok: false; refusal: RefusalInfo }>
  /** Undoes one undoable commit by id, or the latest; answers its label, or null if there is none. */
  undo: (undoId?: string) => Promise<string | null>
  redo: () => Promise<string | null>
  /** The record's document (Yjs update) for an editor to start from. */
  openText: (entity: string, id: string) => Promise<Uint8Array>

  /**
   * Where the server is and a token that it takes now, for what only goes on while there is a
   * connection; `isRejected` where the last one was not taken. Throws where none can be had.
   */
  access: (options?: { isRejected?: boolean }) => Promise<{ serverUrl: string; token: string }>

  status: () => Promise<SyncStatus>
  /** Tries to connect at once instead of waiting for the next attempt. */
  syncNow: () => Promise<void>
  /** Compares this copy with the server's and mends it; the status tells the result. */
  audit: () => Promise<void>
  /** Fetches what this copy does not hold; what comes is told like any other change. */
  lookUp: (lookup: Lookup) => Promise<LookupResult>
  /** Makes this copy hold so many of the latest changes beside what is one's own, or everything. */
  changeCopy: (latest: number | null) => Promise<void>
  issues: () => Promise<SyncIssue[]>
  /** Sends a refused edit again, with other values if given; answers what is wrong with them, if anything. */
  retryIssue: (id: string, values?: { [field: string]: unknown }) => Promise<CommitResult>
  /** Gives a refused edit up: the record shows the server's values again. */
  discardIssue: (id: string) => Promise<void>
  /** Records with edits that wait to be sent, at most some hundred edits of them. */
  pending: () => Promise<PendingRecord[]>
  away: () => Promise<AwayReport>
  /** Sets the value of a lost edit again: an undoable commit of this moment. */
  reapplyLost: (id: string, options: { label: string }) => Promise<CommitResult>
  /** Puts changes or lost edits aside: seen, and what stands may stand. */
  dismissAway: (ids: string[]) => Promise<void>
  /** Everything not yet with the server, as JSON, so that nothing is lost even if this machine is. */
  exportOutbox: () => Promise<string>

  /** Calls back on every event until the returned function is called. */
  subscribe: (listener: (event: StoreEvent) => void) => Promise<() => void>
}
