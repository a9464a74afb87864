/** Copies the database while the server runs and writes. */
import fs from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Settings } from '../env'
import { BackupError, type Contents, contentsOf, packFiles, verify } from './archive'

export type BackupOptions = {
  file: string
  /** Replaces a file that is there. */
  force: boolean
  withSecrets: boolean
  onProgress?: (done: number, total: number) => void
  now?: () => number
}

export type BackupReport = { contents: Contents; files: number; bytes: number }

/** Database pages copied between two reports: about 4 MB. */
const pagesPerStep = 1000

const openSource = (file: string): Sqlite.Database => {
  if (!fs.existsSync(file))
    throw new BackupError(`There is no database at ${file}. Name its folder with --data DIR.`)
  return new Sqlite(file, { readonly: true, fileMustExist: true })
}

/**
 * Copies one moment of the database. A transaction that only reads holds that moment: without it the
 * copy would start again whenever the server writes, and never end on a busy one.
 */
const copy = async (
  source: Sqlite.Database,
  file: string,
  onProgress: BackupOptions['onProgress'],
): Promise<Contents> => {
  source.exec('begin')
  try {
    const contents = contentsOf(source)
    await source.backup(file, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.(totalPages - remainingPages, totalPages)
        return pagesPerStep
      },
    })
    return contents
  } finally {
    source.exec('commit')
  }
}

const finish = (
  file: string,
  expected: Contents,
  pack: (client: Sqlite.Database) => number,
): number => {
  const client = new Sqlite(file, { fileMustExist: true })
  try {
    // A single file, whatever became of the processes that wrote it.
    client.pragma('journal_mode = DELETE')
    const files = pack(client)
    const found = verify(client, file)
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new BackupError('The copy does not hold what the database holds. Try again.')
    return files
  } finally {
    client.close()
  }
}

/** Makes a verified backup. Throws `BackupError`; a file of that name is then as it was. */
export const backUp = async (
  settings: Pick<Settings, 'databaseFile' | 'dataDir'>,
  options: BackupOptions,
): Promise<BackupReport> => {
  const { force, withSecrets, onProgress } = options
  const file = path.resolve(options.file)
  if (fs.existsSync(file) && !force)
    throw new BackupError(`${file} is there already. Choose another name, or add --force.`)
  if (file === settings.databaseFile)
    throw new BackupError(`${file} is the database itself. Choose another name.`)
  const partial = `${file}.partial`
  const source = openSource(settings.databaseFile)
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    // Made before it holds anything, so that nobody else can read it at any time.
    fs.writeFileSync(partial, '', { mode: 0o600 })
    fs.chmodSync(partial, 0o600)
    const contents = await copy(source, partial, onProgress)
    // Files come after the database: whatever a record refers to was there when it was written.
    const at = new Date((options.now ?? Date.now)()).toISOString()
    const files = finish(partial, contents, (client) =>
      packFiles(client, { dataDir: settings.dataDir, withSecrets, at }),
    )
    fs.renameSync(partial, file)
    return { contents, files, bytes: fs.statSync(file).size }
  } finally {
    source.close()
    fs.rmSync(partial, { force: true })
  }
}
