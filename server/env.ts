/** The environment as CONTRACT and README name it, checked at start. */
import path from 'node:path'
import { z } from 'zod'

/** A setting is wrong; the message names it, says what is wrong and gives an example. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

export type Settings = {
  port: number
  host: string
  appUrl: string
  dataDir: string
  databaseFile: string
  jwtSecret: string | undefined
  logLevel: string
}

const port = z.coerce.number().int().min(0).max(65535)

const schema = z.object({
  PORT: port.default(8012),
  HOST: z.string().min(1).default('127.0.0.1'),
  APP_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:8012'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().min(1).optional(),
  JWT_SECRET: z.string().min(32).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

const advice: Record<keyof z.infer<typeof schema>, string> = {
  PORT: 'a port from 0 to 65535, such as PORT=8012',
  HOST: 'an address to listen at, such as HOST=127.0.0.1',
  APP_URL: 'the address people open, such as APP_URL=https://crm.example.com',
  DATA_DIR: 'a folder, such as DATA_DIR=./data',
  DATABASE_URL: 'a file, such as DATABASE_URL=file:./data/roadbook.sqlite',
  JWT_SECRET: 'at least 32 characters, or leave it out and one is made',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent',
}

/** Reads the settings; empty variables count as absent. Throws `SettingError`. */
export const readSettings = (env: Record<string, string | undefined>): Settings => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in advice && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw explained(parsed.error, given)
  const values = parsed.data
  const dataDir = path.resolve(values.DATA_DIR)
  return {
    port: values.PORT,
    host: values.HOST,
    appUrl: values.APP_URL,
    dataDir,
    databaseFile: databaseFile(values.DATABASE_URL, dataDir),
    jwtSecret: values.JWT_SECRET,
    logLevel: values.LOG_LEVEL,
  }
}

const explained = (error: z.ZodError, given: Record<string, string | undefined>): SettingError => {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0])
    const shown = name === 'JWT_SECRET' ? 'a value that is too short' : given[name]
    const wanted = Object.entries(advice).find(([known]) => known === name)?.[1] ?? issue.message
    return `${name} is ${shown}, but should be ${wanted}.`
  })
  return new SettingError(lines.join('\n'))
}

const databaseFile = (url: string | undefined, dataDir: string): string => {
  if (url === undefined) return path.join(dataDir, 'roadbook.sqlite')
  if (/^postgres(ql)?:/.test(url))
    throw new SettingError(
      `DATABASE_URL names a PostgreSQL server, but this version keeps its data in SQLite. It should be ${advice.DATABASE_URL}.`,
    )
  if (url === ':memory:') return url
  if (!url.startsWith('file:'))
    throw new SettingError(`DATABASE_URL is ${url}, but should be ${advice.DATABASE_URL}.`)
  return path.resolve(url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''))
}
