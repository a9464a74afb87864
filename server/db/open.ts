/** Opens the SQLite database, brings it up to date and says plainly why where it can't. */
import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { z } from 'zod'
import * as schema from './schema'

/** Marks a file as Roadbook's (`PRAGMA application_id`): "rbk" and a one. */
export const applicationId = 0x72626b01

export type Db = BetterSQLite3Database<typeof schema> & { $client: Sqlite.Database }

/** The database cannot be used; the message says why and what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

const migrationsFolder = (): string => path.join(import.meta.dirname, 'migrations')

/** Opens the file, or a database in memory for `:memory:`. Throws `DatabaseError`. */
export const openDatabase = (file: string): Db => {
  const client = openFile(file)
  try {
    requireOurs(client, file)
    requireKnown(client, file)
    client.pragma('journal_mode = WAL')
    // Acknowledged means durable, also through a power cut.
    client.pragma('synchronous = FULL')
    client.pragma('busy_timeout = 5000')
    client.pragma('foreign_keys = ON')
    client.pragma('cache_size = -64000')
    const db = drizzle({ client, schema })
    migrate(db, { migrationsFolder: migrationsFolder() })
    client.pragma(`application_id = ${applicationId}`)
    return db
  } catch (error) {
    client.close()
    throw error instanceof DatabaseError ? error : explained(file, error)
  }
}

const openFile = (file: string): Sqlite.Database => {
  try {
    if (file !== ':memory:') fs.mkdirSync(path.dirname(file), { recursive: true })
    return new Sqlite(file)
  } catch (error) {
    throw explained(file, error)
  }
}

const requireOurs = (client: Sqlite.Database, file: string): void => {
  const id = client.pragma('application_id', { simple: true })
  const tables = client.prepare('select count(*) from sqlite_master').pluck().get()
  if (id !== applicationId && tables !== 0)
    throw new DatabaseError(
      `${file} is a database of another program. Point DATA_DIR or DATABASE_URL at another place.`,
    )
}

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })) })

/** A newer Roadbook may have moved things that this one would then overlook. */
const requireKnown = (client: Sqlite.Database, file: string): void => {
  const isNew = !client
    .prepare("select 1 from sqlite_master where name = '__drizzle_migrations'")
    .get()
  if (isNew) return
  const newest = client.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
  const journal = fs.readFileSync(path.join(migrationsFolder(), 'meta/_journal.json'), 'utf8')
  const { entries } = journalSchema.parse(JSON.parse(journal))
  if (Number(newest ?? 0) > Math.max(...entries.map(({ when }) => when)))
    throw new DatabaseError(
      `${file} was written by a newer version of Roadbook. Update this server, or point DATA_DIR at another folder.`,
    )
}

const explained = (file: string, error: unknown): DatabaseError => {
  const reason = error instanceof Error ? error.message : String(error)
  return new DatabaseError(
    `The database ${file} cannot be read (${reason}). Check the file's permissions, restore it from a backup, or point DATA_DIR at another folder.`,
    { cause: error },
  )
}
