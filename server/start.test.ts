import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { readSettings } from './env'
import { dropIndexes } from './kernel/store/indexes'
import { startServer } from './start'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-start-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const deps = { log: pino({ level: 'silent' }), rendererRoot: folder }
const settings = (more: object = {}) => ({
  ...readSettings({ DATA_DIR: path.join(folder, 'data') }),
  port: 0,
  ...more,
})

describe('a server', () => {
  it('says that a port is taken and what to do', async () => {
    const first = await startServer(settings(), deps)
    const port = Number(new URL(first.address).port)
    await expect(startServer(settings({ port }), deps)).rejects.toThrow(`--port ${port + 1}`)
    await first.stop()
  })

  it('keeps its secret in a file that only its user may read', async () => {
    const server = await startServer(settings(), deps)
    await server.stop()
    expect(fs.statSync(path.join(folder, 'data/jwt-secret')).mode & 0o777).toBe(0o600)
  })

  it('explains a database that it cannot read, and one of another program', async () => {
    const broken = path.join(folder, 'broken.sqlite')
    fs.writeFileSync(
      broken,
      'this is no database at all, but a text that is long enough to be looked at',
    )
    await expect(startServer(settings({ databaseFile: broken }), deps)).rejects.toThrow(
      /cannot be read.*restore it from a backup/,
    )
  })

  it('answers its health checks, and metrics in Prometheus text', async () => {
    const server = await startServer(settings(), deps)
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${server.address}/metrics`)).text()).toContain(
      'roadbook_sync_connections 0',
    )
    await server.stop()
  })

  it('reads on where one row is corrupt', async () => {
    const server = await startServer(settings(), deps)
    const { db, commit, reader } = server.services
    const { createWorkspace } = await import('./auth/logins')
    const { contact } = await import('../shared/features/contacts/contact')
    const workspaceId = createWorkspace(db, { name: 'W', slug: 'w' })
    const actor = {
      workspaceId,
      userId: '01a1fc1b-6862-76df-a47a-e557be0a59d3',
      role: 'owner',
      via: 'rest',
    } as const
    const ids = ['01a1fc1b-6862-76df-a47a-e557be0a59d1', '01a1fc1b-6862-76df-a47a-e557be0a59d2']
    await commit(
      actor,
      ids.map((id) => ({ entity: 'contact', id, s: { firstName: 'Ada' } })),
    )
    // As if the file had been damaged: the indexes know nothing of it.
    dropIndexes(db)
    db.$client.prepare('update record set row = ? where id = ?').run('{"firstName":42,', ids[0])
    const page = await reader.list(workspaceId, {
      entity: contact,
      where: [],
      sort: [{ field: 'firstName', descending: false }],
      limit: 10,
    })
    expect(page.records.map(({ row }) => row.firstName)).toEqual(['Ada', 'Ada'])
    await server.stop()
  })
})
