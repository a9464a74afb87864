/** Damage as disks do it: bytes of the closed database file change, and nothing else knows of it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contact } from '../../../shared/features/contacts/contact'
import { formatStamp } from '../../../shared/kernel/clock'
import { newDeviceId, newId } from '../../../shared/kernel/ids'
import { createWorkspace } from '../../auth/logins'
import { openDatabase } from '../../db/open'
import type { Actor } from '../ports'
import { createServices, type Services } from '../services'

const [broken, whole] = [newId(), newId()]
let folder: string
let services: Services
let actor: Actor

const file = () => path.join(folder, 'roadbook.sqlite')
const open = () =>
  createServices({
    db: openDatabase(file()),
    log: pino({ level: 'silent' }),
    jwtSecret: 'a secret of tests that is long enough',
    now: Date.now,
  })

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-damage-'))
  services = open()
  const workspaceId = createWorkspace(services.db, { name: 'W', slug: 'w' })
  actor = { workspaceId, userId: newId(), role: 'owner', via: 'rest' }
  await services.commit(actor, [
    { entity: 'contact', id: broken, s: { firstName: 'Zebulon', lastName: 'Pike' } },
    { entity: 'contact', id: whole, s: { firstName: 'Ada' } },
  ])
})
afterEach(async () => {
  await services.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** Closes the server, changes the file where `text` stands in it, and opens it again. */
const damage = async (text: string) => {
  await services.close()
  const bytes = fs.readFileSync(file())
  const at = bytes.indexOf(text)
  expect(at).toBeGreaterThan(0)
  bytes.write('~', at)
  fs.writeFileSync(file(), bytes)
  services = open()
}
const row = '{"id"'

const list = (field: string) =>
  services.reader.list(actor.workspaceId, {
    entity: contact,
    where: [],
    sort: [{ field, descending: false }],
    limit: 10,
  })

it('lists on, whatever it is sorted by, and rebuilds the row from its state', async () => {
  await damage(row)
  expect((await list('firstName')).records.map((one) => one.row.firstName)).toEqual([
    'Ada',
    'Zebulon',
  ])
  expect((await list('jobTitle')).records).toHaveLength(2)
  expect(await services.metrics.registry.getSingleMetricAsString('roadbook_corrupt_rows_total'))
    // The first look already found it.
    .toMatch(/total [1-9]/)
})

it('takes edits of a record whose row is unreadable, indexes and all', async () => {
  await damage(row)
  const edits = [broken, whole].map((id) => ({ entity: 'contact', id, s: { jobTitle: 'Scout' } }))
  const outcomes = await services.commit(actor, edits)
  expect(outcomes).toMatchObject([
    { ok: true, row: { jobTitle: 'Scout' } },
    { ok: true, row: { jobTitle: 'Scout' } },
  ])
  expect((await list('jobTitle')).records.map((one) => one.row.firstName).sort()).toEqual([
    'Ada',
    'Zebulon',
  ])
})

it('refuses edits of a record whose state is unreadable, and takes those behind them', async () => {
  const state = Buffer.from([9, 9, 255, 255, 255, 1, 2])
  services.db.$client.prepare('update record set state = ? where id = ?').run(state, broken)
  const device = newDeviceId()
  const laptop: Actor = { ...actor, device, via: 'sync' }
  const edits = [broken, whole].map((id, index) => ({
    entity: 'contact',
    id,
    n: index + 1,
    t: formatStamp({ ms: Date.now(), counter: index, device }),
    s: { jobTitle: 'Scout' },
  }))
  expect(await services.commit(laptop, edits)).toMatchObject([
    { ok: false, refusal: { code: 'internal' } },
    { ok: true },
  ])
})
