/** `npm run demo -- --contacts N --seed S`: fills the workspace of a server that is not running. */
import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { openDatabase } from '../db/open'
import { login, record, workspace } from '../db/schema'
import { readSettings } from '../env'
import { requireAccepted } from '../kernel/crud'
import type { EditInput } from '../kernel/ports'
import { createServices, type Services } from '../kernel/services'
import { defaultStages } from './default-stages'
import { generate } from './generate'
import { seedDemo } from './seed'

const batchSize = 1000

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      contacts: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
    },
  })
  const [contacts, seed] = [Number(values.contacts), Number(values.seed)]
  if (!Number.isInteger(contacts) || contacts < 0 || !Number.isInteger(seed))
    throw new Error(
      'Usage: npm run demo -- --contacts N --seed S [--data DIR], with whole numbers.',
    )
  return { contacts, seed, data: values.data }
}

const fill = async (
  services: Services,
  options: { contacts: number; seed: number },
): Promise<number> => {
  const { db, commit } = services
  const target = db.select().from(workspace).limit(1).get()
  if (!target) throw new Error('there is no workspace')
  const users = db.select().from(login).where(eq(login.workspaceId, target.id)).all()
  const tags = db.select({ id: record.id }).from(record).where(eq(record.entity, 'tag')).all()
  const actor = {
    workspaceId: target.id,
    userId: users[0]?.userId ?? '',
    role: 'owner',
    via: 'system',
  } as const
  const owners = users.filter(({ role }) => role === 'sales')
  const edits = generate({
    ...options,
    owners: (owners.length > 0 ? owners : users).map(({ userId }) => userId),
    tags: tags.map(({ id }) => id),
    stages: await defaultStages(services, actor),
    now: Date.now(),
  })
  let written = 0
  let batch: EditInput[] = []
  const write = async () => {
    for (const outcome of await commit(actor, batch)) requireAccepted(outcome)
    written += batch.length
    batch = []
    process.stderr.write(`\r${written} records`)
  }
  for (const edit of edits) {
    batch.push(edit)
    if (batch.length === batchSize) await write()
  }
  if (batch.length > 0) await write()
  process.stderr.write('\n')
  return written
}

const main = async (): Promise<void> => {
  const options = readArguments()
  const settings = readSettings({
    ...process.env,
    ...(options.data === undefined ? {} : { DATA_DIR: options.data }),
  })
  const db = openDatabase(settings.databaseFile)
  const services = createServices({
    db,
    log: pino({ level: 'warn' }),
    jwtSecret: '',
    now: Date.now,
  })
  await seedDemo(services)
  const start = performance.now()
  const written = await fill(services, options)
  const seconds = (performance.now() - start) / 1000
  process.stderr.write(`${Math.round(written / seconds)} records/s into ${settings.databaseFile}\n`)
  await services.close()
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
})
