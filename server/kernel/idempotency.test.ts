import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { idempotency } from '../db/schema'
import { bodyOf, type Caller, createTestServer, type TestServer } from './test-server'

const path = '/api/v1/crm/contacts'
const headers = { 'idempotency-key': 'one' }
let server: TestServer
let owner: Caller

beforeEach(async () => {
  server = await createTestServer()
  owner = (await server.workspace('first')).owner
})

const total = async () => (await bodyOf(owner('GET', path))).total
/** Makes the server forget that it answered, as a crash between writing and answering would. */
const loseAnswer = () =>
  server.services.db
    .update(idempotency)
    .set({ status: null, headers: null, body: null })
    .where(eq(idempotency.key, 'one'))
    .run()

describe('an idempotency key', () => {
  it('lets one of many simultaneous requests through', async () => {
    const request = () => owner('POST', path, { json: { first_name: 'A' }, headers })
    const statuses = (await Promise.all([request(), request(), request()])).map((a) => a.status)
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true)
    expect(await total()).toBe(1)
  })

  it('finds the record of a request that was cut short before it was answered', async () => {
    const request = () => owner('POST', path, { json: { first_name: 'A', tags: ['B'] }, headers })
    const first = await bodyOf(request())
    loseAnswer()
    const again = await request()
    expect(again.status).toBe(201)
    expect(await bodyOf(again)).toEqual(first)
    expect(await total()).toBe(1)
  })

  it('finds the lines of an import that was cut short', async () => {
    const body = 'first_name,email\nAnn,\nBad,nobody\nCy,\n'
    const request = () => owner('POST', `${path}/import`, { body, headers })
    const first = await bodyOf(request())
    expect(first).toMatchObject({ created: 2, failed: [{ line: 3 }] })
    loseAnswer()
    expect(await bodyOf(request())).toEqual(first)
    expect(await total()).toBe(2)
  })

  it('may be used again after a request that was refused', async () => {
    expect((await owner('POST', path, { json: {}, headers })).status).toBe(422)
    const right = await owner('POST', path, { json: { first_name: 'A' }, headers })
    expect(right.status).toBe(201)
  })

  it('belongs to one workspace, one user and one address', async () => {
    const json = { first_name: 'A' }
    const second = await server.workspace('second')
    expect((await owner('POST', path, { json, headers })).status).toBe(201)
    expect((await second.owner('POST', path, { json, headers })).status).toBe(201)
    const other = await owner('POST', '/api/v1/crm/leads', { json, headers })
    expect(other.status).toBe(409)
  })

  it('is forgotten after a day', async () => {
    const json = { first_name: 'A' }
    const first = await owner('POST', path, { json, headers })
    server.clock.now += 25 * 3600_000
    const { call } = await (await server.workspace('third')).person('admin')
    await call('POST', path, { json, headers: { 'idempotency-key': 'another' } })
    const kept = server.services.db.select().from(idempotency).all()
    expect(first.status).toBe(201)
    expect(kept.map(({ key }) => key)).toEqual(['another'])
  })

  it('has at most 255 characters', async () => {
    const long = { 'idempotency-key': 'x'.repeat(256) }
    expect((await owner('POST', path, { json: { first_name: 'A' }, headers: long })).status).toBe(
      400,
    )
  })
})
