/** The workspace that every run starts from: made once by the server's own code, copied as bytes. */
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { pino } from 'pino'
import { createLogin, createWorkspace } from '../../server/auth/logins'
import { type Db, openDatabase } from '../../server/db/open'
import * as schema from '../../server/db/schema'
import { createServices } from '../../server/kernel/services'
import type { Role } from '../../shared/kernel/access'

export const log = pino({ level: 'silent' })

export type Person = { userId: string; email: string; role: Role }
export type Template = { bytes: Buffer; workspaceId: string; people: Person[] }

const roles: readonly Role[] = ['owner', 'sales', 'manager']

/** Everybody's. */
export const password = 'correct horse battery'

const make = async (): Promise<Template> => {
  const services = createServices({
    db: openDatabase(':memory:'),
    log,
    jwtSecret: 'a secret of tests that is long enough',
    now: Date.now,
    passwordCost: { N: 2 ** 10, r: 8, p: 1 },
  })
  const workspaceId = createWorkspace(services.db, { name: 'Demo', slug: 'demo' })
  const people: Person[] = []
  for (const role of roles) {
    const email = `${role}@demo.test`
    const userId = await createLogin(services, { workspaceId, name: role, email, password, role })
    people.push({ userId, email, role })
  }
  const bytes = services.db.$client.serialize()
  await services.close()
  return { bytes, workspaceId, people }
}

const cache = new Map<'template', Promise<Template>>()

export const template = (): Promise<Template> => {
  const made = cache.get('template') ?? make()
  cache.set('template', made)
  return made
}

/** A database in memory with that content. */
export const openBytes = (bytes: Buffer): Db => {
  const client = new Sqlite(bytes)
  client.pragma('foreign_keys = ON')
  return drizzle({ client, schema })
}
