/**
 * A backup is one file: a SQLite database like the server's own, which in two more tables says when
 * it was made and holds the files that stand beside the database.
 */
import fs from 'node:fs'
import path from 'node:path'
import type Sqlite from 'better-sqlite3'
import { applicationId } from '../db/open'

/** Something stands in the way of a backup or restore; the message says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** Folders below the data folder that belong to the data. */
const folders = ['blobs'] as const

/** Files of the data folder that open doors; only in a backup that is asked to hold them. */
const secretFiles = ['jwt-secret'] as const

/** What a database holds, to compare a copy with what it was copied from. */
export type Contents = {
  workspaces: { slug: string; records: number; lastSeq: number; newestSeq: number }[]
  users: number
}

/** Counts what is there, within one view of the database. */
export const contentsOf = (client: Sqlite.Database): Contents => ({
  workspaces: client
    .prepare<[], Contents['workspaces'][number]>(
      `select slug, last_seq as lastSeq, count(record.key) as records,
         coalesce(max(record.seq), 0) as newestSeq
       from workspace left join record on record.workspace_id = workspace.id
       group by workspace.id order by slug`,
    )
    .all(),
  users: Number(client.prepare('select count(*) from login').pluck().get()),
})

/** Throws `BackupError` unless the database is Roadbook's, whole, and true to itself. */
export const verify = (client: Sqlite.Database, file: string): Contents => {
  if (client.pragma('application_id', { simple: true }) !== applicationId)
    throw new BackupError(`${file} is no database of Roadbook.`)
  const problems = client.pragma('integrity_check(10)') as { integrity_check: string }[]
  if (problems[0]?.integrity_check !== 'ok')
    throw new BackupError(
      `${file} is damaged: ${problems.map(({ integrity_check }) => integrity_check).join('; ')}.`,
    )
  const contents = contentsOf(client)
  for (const { slug, lastSeq, newestSeq } of contents.workspaces)
    if (newestSeq > lastSeq)
      throw new BackupError(
        `${file} is not consistent: workspace ${slug} has records up to ${newestSeq}, but counts to ${lastSeq}.`,
      )
  return contents
}

/** `1,234 records in demo; 7 users`, for people. */
export const summary = ({ workspaces, users }: Contents): string => {
  const counts = workspaces.map(
    ({ slug, records }) => `${records.toLocaleString('en')} records in ${slug}`,
  )
  return [...counts, `${users} users`].join(', ')
}

const filesBelow = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
    : []

/** Marks a copied database as a backup and puts the files beside the original into it. */
export const packFiles = (
  client: Sqlite.Database,
  { dataDir, withSecrets, at }: { dataDir: string; withSecrets: boolean; at: string },
): number => {
  client.exec(
    `create table backup_info (made_at text not null);
     create table backup_file (path text primary key, content blob not null)`,
  )
  client.prepare('insert into backup_info values (?)').run(at)
  const files = folders.flatMap((name) => filesBelow(path.join(dataDir, name)))
  if (withSecrets)
    files.push(...secretFiles.map((name) => path.join(dataDir, name)).filter(fs.existsSync))
  const insert = client.prepare('insert into backup_file values (?, ?)')
  for (const file of files) {
    const name = path.relative(dataDir, file).split(path.sep).join('/')
    insert.run(name, fs.readFileSync(file))
  }
  return files.length
}

/** When a backup was made; throws `BackupError` where the database is none. */
export const madeAt = (client: Sqlite.Database, file: string): string => {
  const isBackup = client.prepare("select 1 from sqlite_master where name = 'backup_info'").get()
  if (!isBackup)
    throw new BackupError(
      `${file} is a database, but not a backup: make one with npm run backup -- FILE.`,
    )
  return String(client.prepare('select made_at from backup_info').pluck().get())
}

/** A path out of a backup is believed only if it names a file that a backup may hold. */
const isExpected = (name: string): boolean => {
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\')))
    return false
  return parts.length === 1
    ? secretFiles.some((secret) => secret === name)
    : folders.some((folder) => folder === parts[0])
}

/**
 * Writes the files of a backup beside the database and takes them out of it. Files that are there
 * already stay, unless they are cut short: they may have come after the backup, and edits that
 * clients offer again may need them.
 */
export const unpackFiles = (client: Sqlite.Database, dataDir: string): number => {
  let written = 0
  const rows = client.prepare<[], { path: string; content: Buffer }>(
    'select path, content from backup_file',
  )
  for (const { path: name, content } of rows.iterate()) {
    if (!isExpected(name)) throw new BackupError(`The backup holds a file called ${name}.`)
    const file = path.join(dataDir, ...name.split('/'))
    const present = fs.statSync(file, { throwIfNoEntry: false })
    const isSecret = !name.includes('/')
    if (present && !isSecret && present.size === content.byteLength) continue
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content, { mode: 0o600 })
    written += 1
  }
  client.exec('drop table backup_file; drop table backup_info')
  return written
}
