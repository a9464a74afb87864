/**
 * Messages of the WebSocket `/sync`: one MessagePack map a frame. docs/sync-protocol.md explains
 * them for those who write another client; this file is what both sides check against.
 */
import { z } from 'zod'
import { patchSchema, recordIdSchema, stampSchema } from '../crdt/patch'
import { deviceIdSchema } from '../kernel/ids'
import { setChangeSchema } from '../kernel/schema'

/** Version of this protocol. The server talks to clients of this and the previous version. */
export const protocolVersion = 1
/** The oldest version that the server still talks to. */
export const oldestProtocolVersion = 1
/** Largest frame either side accepts, in bytes. */
export const maxFrameBytes = 4 * 1024 * 1024
/** Most edits in one push. */
export const maxPushEdits = 1000
/** Most connections of one user at a time. */
export const maxConnections = 200
/** Most records in one page. */
export const maxPageRecords = 5000

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes')
const count = z.int().min(0)

/**
 * One edit as it waits in the outbox and travels in a push: a patch of record `id` of entity `e`.
 * `n` counts the device's edits from 1 without gaps; edits with the same `g` are one transaction.
 */
export const editSchema = z.strictObject({
  n: z.int().min(1),
  g: z.string().max(64).optional(),
  entity: z.string().max(64),
  id: recordIdSchema,
  t: stampSchema,
  s: patchSchema.shape.s,
  e: z.record(z.string().max(64), setChangeSchema).optional(),
  /** Rich text: a Yjs update per field. */
  x: z.record(z.string().max(64), bytes).optional(),
})
export type Edit = z.infer<typeof editSchema>

export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.int(),
    token: z.string().max(8192),
    device: deviceIdSchema,
    /** `null` before the first contact. */
    epoch: z.string().max(64).nullable(),
    cursor: count,
    /** The client's Unix milliseconds, so that both sides learn the skew. */
    clock: z.int(),
    app: z.string().max(100).optional(),
  }),
  z.strictObject({
    type: z.literal('pull'),
    after: count,
    limit: z.int().min(1).max(maxPageRecords),
  }),
  /** Asks for a page of what every copy holds whatever its age, in order of seq. */
  z.strictObject({
    type: z.literal('kept'),
    after: count,
    upTo: count,
    limit: z.int().min(1).max(maxPageRecords),
  }),
  /** Asks for a page of everything else after a seq and up to another, newest first. */
  z.strictObject({
    type: z.literal('older'),
    after: count,
    before: count,
    limit: z.int().min(1).max(maxPageRecords),
  }),
  /** Asks what the server holds between two seqs: as a hash, or record by record. */
  z.strictObject({
    type: z.literal('audit'),
    after: count,
    upTo: count,
    limit: z.int().min(1).max(maxPageRecords),
    /** Answer with the records themselves. */
    whole: z.boolean(),
    /** Up to this seq, speak only of what every copy holds. */
    floor: count.optional(),
  }),
  z.strictObject({ type: z.literal('push'), edits: z.array(editSchema).min(1).max(maxPushEdits) }),
  /** A fresh access token, before the old one expires. */
  z.strictObject({ type: z.literal('token'), token: z.string().max(8192) }),
  z.strictObject({ type: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof clientMessageSchema>

/** A record at one seq: entity, id, seq, Yjs state; `null` for one that is no longer in this user's sight. */
export const recordTupleSchema = z.tuple([z.string(), z.string(), count, bytes.nullable()])
export type RecordTuple = z.infer<typeof recordTupleSchema>

const refusalSchema = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
})

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    protocol: z.int(),
    epoch: z.string(),
    /** The workspace's newest seq; catch-up ends there, then the connection is live. */
    seq: count,
    /** How many records the client has still to fetch; for progress. */
    behind: count,
    /** The greatest edit number of this device that the server has decided on. */
    decided: count,
    /** The stamp of that edit: another one than the client gave it means a copied profile. */
    decidedStamp: stampSchema.optional(),
    clock: z.int(),
    user: z.string(),
    workspace: z.string(),
    /** The server answers `audit`. */
    audits: z.boolean().optional(),
    /** The server answers `kept` and `older`, and heeds the floor of an `audit`. */
    tiers: z.boolean().optional(),
    /** Stands for what this user may see; where it is another than before, the copy is to be compared. */
    access: z.string().optional(),
  }),
  z.object({
    type: z.literal('page'),
    /** MessagePack array of record tuples, compressed with raw deflate (RFC 1951). */
    records: bytes,
    upTo: count,
    /** Nothing is left behind `upTo`; live frames follow. */
    done: z.boolean(),
  }),
  /** Answers `kept`: what every copy holds after `after` and up to `upTo`, records as in a `page`. */
  z.object({
    type: z.literal('kept'),
    records: bytes,
    after: count,
    upTo: count,
    /** Nothing is left up to the seq that was asked for. */
    done: z.boolean(),
    /** The newest seq of the workspace when this was read. */
    seq: count,
  }),
  /** Answers `older`: with these records, everything after `downTo` and up to `before` has been told. */
  z.object({
    type: z.literal('older'),
    records: bytes,
    before: count,
    /** What was asked for as `after`, once there is nothing else behind it. */
    downTo: count,
    /** The newest seq of the workspace when this was read. */
    seq: count,
  }),
  /** Answers `audit` for the records after `after` up to `upTo`, which is less than asked for where there are many. */
  z.object({
    type: z.literal('audited'),
    after: count,
    upTo: count,
    count,
    /** `rangeHash` of these records. */
    hash: z.int(),
    /** The newest seq of the workspace when this was read: what moved on meanwhile has come by then. */
    seq: count,
    /** As in a `page`, where the whole records were asked for. */
    records: bytes.optional(),
  }),
  z.object({
    type: z.literal('live'),
    /** The seq that the connection stood at before; another value at the client means a lost frame. */
    prev: count,
    upTo: count,
    records: z.array(recordTupleSchema),
  }),
  z.object({
    type: z.literal('ack'),
    /** Edits decided by this message: accepted ones with the record's seq. */
    accepted: z.array(z.tuple([z.int(), count])),
    refused: z.array(z.tuple([z.int(), refusalSchema])),
  }),
  z.object({ type: z.literal('pong'), clock: z.int() }),
  /** Precedes the close of the connection, except `auth.expired`: send a fresh `token`. */
  z.object({ type: z.literal('problem'), code: z.string(), detail: z.string() }),
])
export type ServerMessage = z.infer<typeof serverMessageSchema>

/** WebSocket close codes (RFC 6455, 4000 to 4999 are the application's). */
export const closeCodes = {
  malformed: 4400,
  unauthorised: 4401,
  /** What this user may see has changed: connect again. */
  accessChanged: 4409,
  protocol: 4426,
  tooLarge: 1009,
  stopping: 1001,
} as const
