/** The server's tables. Records of all entities live in one table as JSON rows beside their Yjs state. */
import { sql } from 'drizzle-orm'
import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

const now = sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`

export const workspace = sqliteTable('workspace', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  currency: text().notNull().default('EUR'),
  /** The newest seq given out; raised in the transaction that writes the record. */
  lastSeq: integer('last_seq').notNull().default(0),
  /** Changes when the database is restored from a backup. */
  epoch: text().notNull(),
  createdAt: text('created_at').notNull().default(now),
})

/** Credentials; what colleagues see of a user is a record of the entity `user` with the same id. */
export const login = sqliteTable(
  'login',
  {
    userId: text('user_id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text('password_hash').notNull(),
    role: text().notNull(),
    active: integer({ mode: 'boolean' }).notNull().default(true),
    createdAt: text('created_at').notNull().default(now),
  },
  (table) => [uniqueIndex('login_by_email').on(table.email, table.workspaceId)],
)

/** Refresh tokens by hash; all tokens of one sign-in are one family. */
export const session = sqliteTable(
  'session',
  {
    tokenHash: text('token_hash').primaryKey(),
    family: text().notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => login.userId),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [index('session_by_family').on(table.family)],
)

export const apiKey = sqliteTable('api_key', {
  id: text().primaryKey(),
  workspaceId: text('workspace_id')
    .notNull()
    .references(() => workspace.id),
  userId: text('user_id')
    .notNull()
    .references(() => login.userId),
  name: text().notNull(),
  keyHash: text('key_hash').notNull().unique(),
  prefix: text().notNull(),
  createdAt: text('created_at').notNull().default(now),
  revokedAt: text('revoked_at'),
})

export const idempotency = sqliteTable(
  'idempotency',
  {
    workspaceId: text('workspace_id').notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer(),
    headers: text({ mode: 'json' }).$type<Record<string, string>>(),
    body: text(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key] })],
)

/** A profile that syncs; `decided` is its greatest edit number that was accepted or refused. */
export const device = sqliteTable(
  'device',
  {
    workspaceId: text('workspace_id').notNull(),
    id: text().notNull(),
    userId: text('user_id').notNull(),
    decided: integer().notNull().default(0),
    /** The stamp of that edit: by it a device knows whether it was its own. */
    decidedStamp: text('decided_stamp'),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** What it says of itself. */
    name: text(),
    /** The sign-in by which it came last. */
    family: text(),
    /** From then on it is refused, and removes what it holds once it learns of that. */
    revokedAt: integer('revoked_at'),
    revokedBy: text('revoked_by'),
    /** When it learned of that. */
    toldAt: integer('told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('device_by_family').on(table.family),
  ],
)

/** What was decided about a device's edits, so that the same push gets the same answer. */
export const quarantine = sqliteTable(
  'quarantine',
  {
    workspaceId: text('workspace_id').notNull(),
    device: text().notNull(),
    n: integer().notNull(),
    refusal: text({ mode: 'json' }).notNull(),
    edit: text({ mode: 'json' }).notNull(),
    createdAt: text('created_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.device, table.n] })],
)

export const record = sqliteTable(
  'record',
  {
    /** Also the row id of the full-text index. */
    key: integer().primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id').notNull(),
    entity: text().notNull(),
    id: text().notNull(),
    seq: integer().notNull(),
    state: blob({ mode: 'buffer' }).notNull(),
    /** The fold without its empty values, as JSON. */
    row: text().notNull(),
    deleted: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [
    uniqueIndex('record_by_id').on(table.workspaceId, table.entity, table.id),
    uniqueIndex('record_by_seq').on(table.workspaceId, table.seq),
  ],
)

/** The content of files by its SHA-256 in lower-case hex; the same content is kept once a workspace. */
export const fileContent = sqliteTable(
  'file_content',
  {
    workspaceId: text('workspace_id').notNull(),
    sha256: text().notNull(),
    content: blob({ mode: 'buffer' }).notNull(),
    createdAt: text('created_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.sha256] })],
)

/**
 * What changed, by whom, in order: the audit trail and the one stream of events that every consumer
 * reads (search, automation, webhooks).
 */
export const journal = sqliteTable(
  'journal',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id').notNull(),
    seq: integer().notNull(),
    entity: text().notNull(),
    recordId: text('record_id').notNull(),
    userId: text('user_id').notNull(),
    device: text(),
    via: text().notNull(),
    at: text().notNull(),
    /** Event names, e.g. `contact.updated`; several where one edit means several things. */
    events: text({ mode: 'json' }).notNull().$type<string[]>(),
    /** Field to [before, after]. */
    changes: text({ mode: 'json' }).notNull().$type<Record<string, [unknown, unknown]>>(),
  },
  (table) => [index('journal_by_record').on(table.workspaceId, table.entity, table.recordId)],
)

/** How far each consumer of the journal has come. */
export const consumer = sqliteTable('consumer', {
  name: text().primaryKey(),
  position: integer().notNull(),
})

/** Single facts of the installation, such as the server's own device id. */
export const setting = sqliteTable('setting', {
  name: text().primaryKey(),
  value: text().notNull(),
})
