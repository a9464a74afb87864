/**
 * What the parts of the server offer each other. The store is async throughout, so that another
 * database can stand behind it without its callers noticing.
 */
import type { SetChange } from '../../shared/crdt/patch'
import type { Role, Sight } from '../../shared/kernel/access'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import type { RefusalInfo } from '../../shared/kernel/refusal'

/** On whose behalf something is written, and by which way in. */
export type Actor = {
  workspaceId: string
  userId: string
  role: Role
  /** The device whose numbered edits these are; absent for ways in without an outbox. */
  device?: string
  /** The greatest number that this device knows to be decided; absent where it was not asked. */
  knownDecided?: number
  via: 'sync' | 'collab' | 'rest' | 'import' | 'system'
}

/** One edit at the gate. `n` and `t` come with edits of a device; the gate stamps the others itself. */
export type EditInput = {
  entity: string
  id: string
  /** Edits of one group are accepted or refused together. */
  g?: string
  n?: number
  t?: string
  s: { [field: string]: unknown }
  e?: { [field: string]: SetChange }
  /** Rich text as Yjs updates per field (from editors). */
  x?: { [field: string]: Uint8Array }
  /** Rich text as the plain text it shall say (from REST and import). */
  text?: { [field: string]: string | null }
  /** Refuse (`record.missing`) rather than create when there is no such record. */
  mustExist?: boolean
  /** Refuse (`record.exists`) rather than edit when the record is there. */
  mustBeNew?: boolean
  /** Refuse (`record.changed`) unless the record stands at this seq (REST `If-Match`). */
  ifSeq?: number
}

/** What the gate made of one edit; a refused edit has changed nothing. */
export type EditOutcome =
  | { ok: true; seq: number; row: AnyRow; created: boolean }
  | { ok: false; refusal: RefusalInfo }

/**
 * The only way in. Resolves once the accepted edits are durable; outcomes stand in the order of the
 * edits. Concurrent calls share transactions (group commit).
 */
export type Commit = (actor: Actor, edits: readonly EditInput[]) => Promise<EditOutcome[]>

/** A record as the store holds it: `state` the Yjs document, `row` its fold. */
export type StoredRecord = {
  entity: string
  id: string
  seq: number
  state: Uint8Array
  row: AnyRow
}

export const filterOperators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'is_null',
] as const

export type FilterOperator = (typeof filterOperators)[number]

/** One condition on a field; `value` is a stored value (or a list of them for `in`, a flag for `is_null`). */
export type FilterCondition = { field: string; operator: FilterOperator; value: unknown }

/** A list request, in terms of field names and stored values; `limit` is at most 500. */
export type RecordQuery = {
  entity: AnyEntity
  where: readonly FilterCondition[]
  /** Full-text search over the entity's search fields: every word, by prefix. */
  search?: string
  sort: readonly { field: string; descending: boolean }[]
  limit: number
  offset?: number
  /** The `nextCursor` of the page before; replaces `offset`. */
  cursor?: string
  /** Deleted records instead of live ones. */
  deleted?: boolean
  /** Only what is in sight of whoever asks. */
  sight?: Sight
}

export type RecordPage = {
  records: StoredRecord[]
  total: number
  nextCursor: string | null
}

/** Reading of records. Deleted ones are found by `get` (their row has `deletedAt`), not by `list` or `walk`. */
export type RecordReader = {
  get: (workspaceId: string, entity: string, id: string) => Promise<StoredRecord | undefined>
  getMany: (workspaceId: string, entity: string, ids: readonly string[]) => Promise<StoredRecord[]>
  list: (workspaceId: string, query: RecordQuery) => Promise<RecordPage>
  /** Live records in the order of their ids, from behind one on: to go through all of them. */
  walk: (
    workspaceId: string,
    entity: string,
    position: { after: string; limit: number },
  ) => Promise<StoredRecord[]>
}
