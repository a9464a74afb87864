/** What stands in IndexedDB: rows with their base state, the outbox, refused edits, history, meta. */
import type { SetChange } from '../../shared/crdt/patch'
import type { AnyRow } from '../../shared/kernel/entity'
import type { RefusalInfo } from '../../shared/kernel/refusal'
import type { Edit } from '../../shared/protocol/sync'

/**
 * A row as it is stored. `$state` is the server's document of the record (absent while only this
 * machine knows it), `$seq` where that state stands, `$gen` the epoch it belongs to.
 */
export type StoredRow = AnyRow & {
  $seq: number
  $gen: number
  $state?: Uint8Array | undefined
  /** Sort key of the entity's default list, so that its first page comes from an index. */
  $key?: string | number
}

/** Whether what was read is a row at all. */
export const isIntact = (row: unknown): row is StoredRow =>
  typeof row === 'object' &&
  row !== null &&
  typeof (row as StoredRow).id === 'string' &&
  typeof (row as StoredRow).$seq === 'number' &&
  (row as StoredRow).deletedAt !== undefined

/** An edit as it is kept here; on the wire it is an `Edit` of the protocol. */
export type LocalEdit = Omit<Edit, 'e' | 'x'> & {
  e?: { [field: string]: SetChange }
  x?: { [field: string]: Uint8Array }
}

/** An edit that the server's state may not contain yet; `acked` is the seq it was accepted at. */
export type OutboxEntry = LocalEdit & {
  at: string
  acked?: number
  /** Offered to a restored server: goes before everything that waits. */
  isOffer?: true
}

/** An edit that the server refused, with the record's name at that time. */
export type IssueEntry = {
  id: string
  edit: LocalEdit
  at: string
  title: string
  refusal: RefusalInfo
}

/** A file's content that the server did not take, with the file's name at that time. */
export type RefusedContent = {
  id: string
  file: { id: string; sha256: string }
  at: string
  title: string
  /** The file was deleted: nobody is told, unless it comes back. */
  isRemoved: boolean
  refusal: RefusalInfo
}

/** A field that a colleague changed on one of this user's records while this device was away. */
export type AwayEntry = {
  /** Entity, record and field: one entry a field, however often it changed. */
  id: string
  entity: string
  recordId: string
  /** `createdAt` for a record that is new to this user, `deletedAt` for one that was deleted. */
  field: string
  before: unknown
  after: unknown
  /** The user who changed it last, where that is known. */
  by: string | null
  at: string
  /** When this device had last heard of the server. */
  since: string | null
}

/** An edit made here that lost to a newer one of somebody else. */
export type LostEntry = {
  /** Entity, record and field. */
  id: string
  entity: string
  recordId: string
  /** `deletedAt` where the record that was edited had been deleted. */
  field: string
  mine: unknown
  /** What the lost edit did to a set. */
  set?: SetChange
  /** When it was made here. */
  at: string
  theirs: unknown
  by: string | null
  theirsAt: string
}

/**
 * An edit that reached the server late. A colleague who was offline as well may have made a newer
 * one without seeing it, which comes in even later: then it is known what was lost.
 */
export type DeliveredEdit = Pick<LocalEdit, 't' | 'entity' | 'id' | 's' | 'e'> & {
  at: string
  deliveredAt: string
}

/** The content of files; `waitingFor` are the records whose content the server does not have yet. */
export type FileEntry = {
  sha256: string
  content: Uint8Array<ArrayBuffer>
  /** When it was added or fetched. */
  at: string
  waitingFor: string[]
}

/** One change in terms of stored values; what commits, undo and redo are made of. */
export type Step = {
  entity: string
  id: string
  /** Fields as a whole; rich text as the plain text it shall say, tags as the set wanted. */
  set?: { [field: string]: unknown }
  /** Sets changed element by element. */
  sets?: { [field: string]: SetChange }
  /** Rich text as Yjs updates. */
  text?: { [field: string]: Uint8Array }
  create?: boolean
}

/** An undoable commit; `undone` is 0, or counts up with every undo so that redo takes the latest. */
export type HistoryEntry = {
  seq?: number
  id: string
  label: string
  undo: Step[]
  redo: Step[]
  undone: number
}

/** What comparing this copy with the server's came to: records compared, and those that were mended. */
export type AuditResult = { at: string; checked: number; healed: number }

/** Where this device stands; one object, so that a transaction reads and writes it at once. */
export type SyncMeta = {
  key: 'sync'
  /** Greater than the format this version knows: the data was written by a newer version. */
  format: number
  device: string
  /** Every id this device ever had; a restored server makes it take another one. */
  devices: string[]
  gen: number
  epoch: string | null
  cursor: number
  /** The clock's newest stamp; empty before the first edit. */
  stamp: string
  nextN: number
  /** The server was restored: what it lost of this device's own edits is offered again while pulling. */
  isReoffering: boolean
  /** Edits up to here may have been sent; later ones can still be merged with what follows. */
  sent: number
  /** Fingerprint of the entity declarations that the rows were derived with. */
  registry: string
  entities: string[]
  /**
   * What is newer than this seq is all here; of what is older, what every copy holds and what was
   * looked up. Absent or 0: everything is here.
   */
  floor?: number
  /** How far down the floor is to come. */
  downTo?: number
  /** How far what every copy holds has come, while it is being fetched. */
  keptAfter?: number
  /** How many of the latest changes this copy holds; absent: all of them. */
  latest?: number
  /** Its user wants it smaller: what is too much goes with the next connection. */
  makesRoom?: boolean
  /** The seq up to which records went out of sight: what was read before may speak of them still. */
  removedAt?: number
  /** Everything there was had been pulled once; from then on what is missing here is news. */
  isComplete?: boolean
  /** When the present or latest connection had brought everything. */
  liveSince?: string
  /** When the server was last heard of. */
  heardAt?: string
  /** What this user may see, as the server named it when this copy was last known to follow from it. */
  access?: string
  /** The latest comparison of this copy with the server's. */
  audit?: AuditResult
}
