import zlib from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openRecord, patchesOf } from '../../shared/crdt/record-doc'
import { entities } from '../../shared/features/index'
import {
  allows,
  hiddenFields,
  may,
  type Role,
  roles,
  type Viewer,
} from '../../shared/kernel/access'
import { formatStamp } from '../../shared/kernel/clock'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { newDeviceId, newId } from '../../shared/kernel/ids'
import { camelToSnake } from '../../shared/kernel/wire'
import { decodeFrame } from '../../shared/protocol/frame'
import { lookupAnswerSchema } from '../../shared/protocol/lookup'
import { recordTupleSchema } from '../../shared/protocol/sync'
import { systemActor } from '../auth/logins'
import { createPages } from '../sync/pages'
import { createView } from '../sync/view'
import { exampleOf } from './test-examples'
import { bodyOf, type Caller, createTestServer, type TestServer } from './test-server'

const crm = '/api/v1/crm'
const all: readonly AnyEntity[] = Object.values<AnyEntity>(entities)
const holders = ['own', 'mate', 'stranger'] as const

type Person = { call: Caller; userId: string }

/** One role's workspace: the person, a teammate and a stranger, and a record of each in every entity. */
const settle = async (role: Role) => {
  const server: TestServer = await createTestServer()
  const { workspaceId, person, owner } = await server.workspace('first')
  const viewerPerson = role === 'owner' ? await person('admin') : await person(role)
  const people: Record<(typeof holders)[number], Person> = {
    own: viewerPerson,
    mate: await person(role === 'sales' ? 'manager' : 'sales'),
    stranger: await person(role === 'marketing' ? 'support' : 'marketing'),
  }
  const team = newId()
  const system = systemActor(workspaceId, '')
  await server.services.commit(system, [
    { entity: 'team', id: team, s: { name: 'Field' } },
    ...[people.own, people.mate].map(({ userId }) => ({
      entity: 'teamMember',
      id: newId(),
      s: { teamId: team, userId },
    })),
  ])
  const records = new Map<string, AnyRow[]>()
  for (const entity of all) records.set(entity.name, await rowsOf(entity))
  return { server, workspaceId, owner, person: people.own, records, device: newDeviceId() }

  async function rowsOf(entity: AnyEntity): Promise<AnyRow[]> {
    const rows: AnyRow[] = []
    for (const holder of 'ownerId' in entity.fields ? holders : ['stranger' as const]) {
      const id = newId()
      const json = { ...(await exampleOf(entity, [owner])), id }
      if (entity.kind !== 'server') await owner('POST', `${crm}/${entity.plural}`, { json })
      const ownerId = people[holder].userId
      if ('ownerId' in entity.fields)
        await server.services.commit(system, [{ entity: entity.name, id, s: { ownerId } }])
      const wanted = entity.kind === 'server' ? people[holder].userId : id
      const stored = await server.services.reader.get(workspaceId, entity.name, wanted)
      if (!stored) throw new Error(`no ${entity.name} was made`)
      rows.push(stored.row)
    }
    return rows
  }
}

/** The records of a page, by name. */
const statesOf = (page: Uint8Array): Map<string, Uint8Array> => {
  const tuples = z
    .array(recordTupleSchema)
    .parse(decodeFrame(new Uint8Array(zlib.inflateRawSync(page))))
  return new Map(
    tuples.map(([entity, id, , state]) => [`${entity} ${id}`, state ?? new Uint8Array()]),
  )
}

type World = Awaited<ReturnType<typeof settle>>

const viewerOf = ({ server, workspaceId, person }: World, role: Role): Viewer =>
  server.services.viewerOf({ workspaceId, userId: person.userId, role })

const cases = all.flatMap((entity) =>
  holders.map((holder) => ({ entity, name: entity.plural, holder })),
)

describe.each(roles.filter((role) => role !== 'owner'))('the role %s', (role) => {
  let world: World
  let viewer: Viewer
  let synced: Map<string, Uint8Array>
  let inParts: Map<string, Uint8Array>
  let n = 0

  const rowOf = (entity: AnyEntity, holder: (typeof holders)[number]): AnyRow | undefined =>
    world.records.get(entity.name)?.[holders.indexOf(holder)]

  beforeAll(async () => {
    world = await settle(role)
    viewer = viewerOf(world, role)
    const pages = createPages(world.server.services.db)
    const onlooker = { workspaceId: world.workspaceId, view: createView(viewer) }
    const whole = await pages.next(onlooker, { after: 0, limit: 5000, head: 1_000_000 }).page()
    synced = statesOf(whole.records)
    const kept = await pages.kept(onlooker, { after: 0, upTo: 1_000_000, limit: 5000 })
    const { seq } = pages.head(world.workspaceId)
    const older = await pages.older(onlooker, { after: 0, before: seq, limit: 5000 })
    inParts = new Map([...statesOf(kept.records), ...statesOf(older.records)])
  })

  it.each(cases)('reads $name of $holder by every way or by none', async ({ entity, holder }) => {
    const row = rowOf(entity, holder)
    if (!row) return
    const { call } = world.person
    const path = `${crm}/${entity.plural}`
    const isSeen = allows(viewer, 'read', entity, row)
    const refused = may(role, 'read', entity) ? 404 : 403
    const one = await call('GET', `${path}/${row.id}`)
    expect(one.status).toBe(isSeen ? 200 : refused)
    const history = await call('GET', `${path}/${row.id}/history`)
    expect(history.status).toBe(isSeen ? 200 : refused)
    const list = await call('GET', `${path}?id=${row.id}`)
    expect(list.status).toBe(refused === 403 ? 403 : 200)
    if (list.ok) expect((await bodyOf(list)).total).toBe(isSeen ? 1 : 0)
    const file = await call('GET', `${path}/export?format=json&id=${row.id}`)
    if (file.ok) expect((await bodyOf(file)).items).toHaveLength(isSeen ? 1 : 0)
    expect(synced.has(`${entity.name} ${row.id}`)).toBe(isSeen)
    expect(inParts.get(`${entity.name} ${row.id}`)).toEqual(synced.get(`${entity.name} ${row.id}`))
    const looked = await call('POST', `${crm}/lookup`, {
      json: { by: 'names', names: [{ entity: entity.name, id: row.id }] },
    })
    const { records: found = [] } = lookupAnswerSchema.partial().parse(await bodyOf(looked))
    expect(found).toHaveLength(isSeen ? 1 : 0)
    if (hiddenFields(role, entity).length === 0) return
    const shown = JSON.stringify([await bodyOf(one), await bodyOf(history)])
    const state = synced.get(`${entity.name} ${row.id}`)
    const sent = JSON.stringify(patchesOf(openRecord(state)))
    const fetched = JSON.stringify(
      found.map((each) => patchesOf(openRecord(new Uint8Array(Buffer.from(each.state, 'base64'))))),
    )
    expect(sent).toContain('createdAt')
    expect(fetched).toContain('createdAt')
    for (const name of hiddenFields(role, entity)) {
      const wire = camelToSnake(name)
      expect(shown).not.toContain(`"${wire}"`)
      expect(sent).not.toContain(`"${name}"`)
      expect(fetched).not.toContain(`"${name}"`)
      expect((await call('GET', `${path}?${wire}[is_null]=true`)).status).toBe(422)
      const change = await call('PATCH', `${path}/${row.id}`, { json: { [wire]: null } })
      expect(change.status).toBe(may(role, 'update', entity) ? 422 : 403)
    }
  })

  it.each(cases)('changes $name of $holder by every way or by none', async ({ entity, holder }) => {
    const row = rowOf(entity, holder)
    if (!row || entity.kind !== 'shared') return
    const { call, userId } = world.person
    const path = `${crm}/${entity.plural}/${row.id}`
    const isSeen = allows(viewer, 'read', entity, row)
    const expected = (action: 'update' | 'delete', done: number) => {
      if (!may(role, action, entity)) return 403
      if (!isSeen) return 404
      return allows(viewer, action, entity, row) ? done : 403
    }
    const mayUpdate = isSeen && allows(viewer, 'update', entity, row)
    expect((await call('PATCH', path, { json: {} })).status).toBe(expected('update', 200))
    n += 1
    const t = formatStamp({ ms: world.server.clock.now, counter: n, device: world.device })
    const actor = {
      workspaceId: world.workspaceId,
      userId,
      role,
      device: world.device,
      via: 'sync' as const,
    }
    const [pushed] = await world.server.services.commit(actor, [
      { entity: entity.name, id: row.id, n, t, s: {} },
    ])
    expect(pushed?.ok).toBe(mayUpdate)
    if (pushed?.ok === false && !isSeen) expect(pushed.refusal.code).toBe('record.missing')
    expect((await call('DELETE', path)).status).toBe(expected('delete', 204))
    const stored = await world.server.services.reader.get(world.workspaceId, entity.name, row.id)
    expect(stored?.row.deletedAt !== null).toBe(expected('delete', 204) === 204)
  })
})
