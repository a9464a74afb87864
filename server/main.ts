/** The server's process: the only file that reads the environment and the command line. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { startCheckpoints } from './db/checkpoints'
import { DatabaseError } from './db/open'
import { seedDemo } from './demo/seed'
import { readSettings, SettingError, type Settings } from './env'
import { startServer } from './start'

const usage = `Usage: server [options]
  --port N     port to listen at (PORT, 8012)
  --host H     address to listen at (HOST, 127.0.0.1)
  --data DIR   folder of the database (DATA_DIR, ./data)
  --demo       fill an empty database with the demo workspace`

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new SettingError(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
}

/** Flags count more than the environment. */
const settingsOf = (args: ReturnType<typeof readArguments>): Settings =>
  readSettings({
    ...process.env,
    ...(args.port === undefined ? {} : { PORT: args.port }),
    ...(args.host === undefined ? {} : { HOST: args.host }),
    ...(args.data === undefined ? {} : { DATA_DIR: args.data }),
  })

const main = async (): Promise<void> => {
  const args = readArguments()
  const settings = settingsOf(args)
  const log = pino({
    level: settings.logLevel,
    redact: ['*.password', '*.token', '*.authorization'],
  })
  // The renderer stands beside the bundled server; from the sources it is where the build puts it.
  const rendererRoot = path.resolve(
    import.meta.dirname,
    import.meta.dirname.endsWith(path.join('out', 'server')) ? '../renderer' : '../out/renderer',
  )
  const server = await startServer(settings, { log, rendererRoot })
  const checkpoints = startCheckpoints(server.services.db, log)
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'stopping')
    server
      .stop()
      .then(checkpoints.stop)
      .then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, 'could not stop cleanly')
          process.exit(1)
        },
      )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
  if (args.demo) await seedDemo(server.services)
  log.info({ address: server.address, database: settings.databaseFile }, 'listening')
  process.send?.({ listening: server.address })
}

main().catch((error: unknown) => {
  const expected = error instanceof SettingError || error instanceof DatabaseError
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exit(1)
})
