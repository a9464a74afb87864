/** Puts a backup in the place of the database of a server that is stopped. */
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../db/open'
import type { Settings } from '../env'
import { BackupError, type Contents, madeAt, unpackFiles, verify } from './archive'

export type RestoreReport = {
  contents: Contents
  madeAt: string
  files: number
  /** Where the replaced database is now. */
  keptAs: string | undefined
  /** Sign-ins are those of the replaced database; without it everybody signs in again. */
  keptSignIns: boolean
}

const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * Takes the database out of shared use, which fails while a server has it open, and brings what a
 * crash left in the write-ahead log into the file. A damaged file is no reason not to replace it.
 */
const requireStopped = (file: string): { isReadable: boolean } => {
  if (!fs.existsSync(file)) return { isReadable: false }
  try {
    const client = new Sqlite(file, { timeout: 500 })
    try {
      client.pragma('journal_mode = DELETE')
      verify(client, file)
    } finally {
      client.close()
    }
    return { isReadable: true }
  } catch (error) {
    if (isBusy(error))
      throw new BackupError(
        `A server is running on ${file}. Stop it first (Ctrl-C or SIGTERM), then restore.`,
        { cause: error },
      )
    return { isReadable: false }
  }
}

const verifiedCopy = (file: string, target: string): { contents: Contents; madeAt: string } => {
  if (!fs.existsSync(file)) throw new BackupError(`There is no backup at ${file}.`)
  fs.copyFileSync(file, target)
  fs.chmodSync(target, 0o600)
  try {
    const client = new Sqlite(target, { fileMustExist: true })
    try {
      return { contents: verify(client, file), madeAt: madeAt(client, file) }
    } finally {
      client.close()
    }
  } catch (error) {
    if (error instanceof BackupError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new BackupError(`${file} cannot be read as a backup: ${reason}.`, { cause: error })
  }
}

/**
 * A backup must not bring back to life what was ended since: sign-ins and API keys are as the
 * replaced database has them, and where that cannot be read, every sign-in has ended.
 */
const carrySignIns = (client: Sqlite.Database, replaced: string | undefined): boolean => {
  client.exec('delete from session')
  if (replaced === undefined) return false
  client.prepare('attach ? as replaced').run(replaced)
  try {
    client.transaction(() =>
      client.exec(
        `insert into session select * from replaced.session
           where user_id in (select user_id from main.login);
         update api_key set revoked_at = coalesce(revoked_at,
           (select old.revoked_at from replaced.api_key as old where old.id = api_key.id))`,
      ),
    )()
    return true
  } catch {
    // Another version's tables may differ from these.
    return false
  } finally {
    client.exec('detach replaced')
  }
}

/** Clients that meet a new epoch compare everything and offer again what this database lacks. */
const beginEpochs = (client: Sqlite.Database): void => {
  const give = client.prepare('update workspace set epoch = ? where id = ?')
  for (const id of client.prepare('select id from workspace').pluck().all())
    give.run(randomUUID(), id)
}

const prepare = (
  file: string,
  { dataDir, replaced }: { dataDir: string; replaced: string | undefined },
): { files: number; keptSignIns: boolean } => {
  // Brings the tables of an older version up to date, and refuses those of a newer one.
  const db = openDatabase(file)
  const client = db.$client
  try {
    const files = unpackFiles(client, dataDir)
    beginEpochs(client)
    const keptSignIns = carrySignIns(client, replaced)
    client.pragma('journal_mode = DELETE')
    return { files, keptSignIns }
  } finally {
    client.close()
  }
}

/** Replaces the database by a backup. Throws `BackupError`; the database is then as it was. */
export const restore = (
  settings: Pick<Settings, 'databaseFile' | 'dataDir'>,
  options: { file: string; now?: () => number },
): RestoreReport => {
  const { databaseFile, dataDir } = settings
  fs.mkdirSync(path.dirname(databaseFile), { recursive: true })
  const incoming = `${databaseFile}.restoring`
  const remove = () => {
    for (const suffix of ['', '-wal', '-shm']) fs.rmSync(`${incoming}${suffix}`, { force: true })
  }
  remove()
  try {
    const found = verifiedCopy(path.resolve(options.file), incoming)
    const { isReadable } = requireStopped(databaseFile)
    const replaced = isReadable ? databaseFile : undefined
    const done = prepare(incoming, { dataDir, replaced })
    const keptAs = setAside(databaseFile, new Date((options.now ?? Date.now)()))
    fs.renameSync(incoming, databaseFile)
    return { ...found, ...done, keptAs }
  } finally {
    remove()
  }
}

/** Moves the database with its log out of the way, under a name that says when. */
const setAside = (file: string, at: Date): string | undefined => {
  if (!fs.existsSync(file)) return undefined
  const target = `${file}.replaced-${at.toISOString().replaceAll(/[:.]/g, '-')}`
  for (const suffix of ['-wal', '-shm', ''])
    if (fs.existsSync(`${file}${suffix}`)) fs.renameSync(`${file}${suffix}`, `${target}${suffix}`)
  return target
}
