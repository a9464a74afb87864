/** `npm run backup -- FILE` and `npm run restore -- FILE`. */
import { parseArgs } from 'node:util'
import { DatabaseError } from '../db/open'
import { readSettings, SettingError } from '../env'
import { BackupError, summary } from './archive'
import { backUp } from './backup'
import { restore } from './restore'

const usage = `Usage: npm run backup -- FILE [options]
       npm run restore -- FILE [options]
  --data DIR       folder of the database (DATA_DIR, ./data)
  --force          backup: replace FILE if it is there
  --with-secrets   backup: include the key of access tokens; keep such a file under lock`

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        force: { type: 'boolean', default: false },
        'with-secrets': { type: 'boolean', default: false },
      },
    })
    const [command, file, ...more] = positionals
    if ((command !== 'backup' && command !== 'restore') || file === undefined || more.length > 0)
      throw new Error('Name one file.')
    return { command, file, ...values }
  } catch (error) {
    throw new BackupError(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

const sizeOf = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** One line that is written over on a terminal, and a line every quarter elsewhere. */
const progress = () => {
  let told = -1
  return (done: number, total: number): void => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 25) * 25
    if (step === told) return
    told = step
    process.stderr.write(
      process.stderr.isTTY ? `\rCopying ${step} %` : `Copying ${step} % of ${total} pages\n`,
    )
  }
}

const main = async (): Promise<void> => {
  const args = readArguments()
  const settings = readSettings({
    ...process.env,
    ...(args.data === undefined ? {} : { DATA_DIR: args.data }),
  })
  if (args.command === 'backup') {
    const { contents, files, bytes } = await backUp(settings, {
      file: args.file,
      force: args.force,
      withSecrets: args['with-secrets'],
      onProgress: progress(),
    })
    if (process.stderr.isTTY) say('')
    say(`Backed up and verified: ${summary(contents)}, ${files} files (${sizeOf(bytes)}).`)
    return
  }
  const report = restore(settings, { file: args.file })
  say(`Restored and verified: ${summary(report.contents)}, as of ${report.madeAt}.`)
  if (report.keptAs) say(`The database before it is kept as ${report.keptAs}.`)
  if (!report.keptSignIns) say('Everybody has to sign in again.')
  say('Clients compare their copies when they connect and offer again what the backup lacks.')
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof BackupError || error instanceof SettingError || error instanceof DatabaseError
  say(isExpected ? error.message : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
})
