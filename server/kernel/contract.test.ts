import { beforeAll, describe, expect, it } from 'vitest'
import { entities } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import { camelToSnake } from '../../shared/kernel/wire'
import { exampleOf } from './test-examples'
import { bodyOf, type Caller, createTestServer } from './test-server'

const editable = Object.values<AnyEntity>(entities).filter(({ kind }) => kind === 'shared')
const titleField = (entity: AnyEntity): string => camelToSnake(entity.titleFields[0] ?? '')
const without = (row: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

describe.each(editable)('the REST API of $plural', (entity) => {
  const path = `/api/v1/crm/${entity.plural}`
  const title = titleField(entity)
  let owner: Caller
  let readOnly: Caller
  let elsewhere: Caller
  let example: Record<string, unknown> = {}

  beforeAll(async () => {
    const server = await createTestServer()
    const workspace = await server.workspace('first')
    owner = workspace.owner
    readOnly = (await workspace.person('read_only')).call
    elsewhere = (await server.workspace('second')).owner
    example = await exampleOf(entity, [owner, elsewhere])
  })

  const create = async (values: Record<string, unknown> = {}) => {
    const answer = await owner('POST', path, { json: { ...example, ...values } })
    expect(answer.status).toBe(201)
    return { answer, row: await bodyOf(answer), etag: answer.headers.get('etag') ?? '' }
  }

  it('creates a record of the documented example and answers with all of it', async () => {
    const { answer, row } = await create()
    expect(row).toMatchObject(example)
    expect(answer.headers.get('location')).toBe(`${path}/${row.id}`)
    expect(answer.headers.get('etag')).toMatch(/^"\d+"$/)
    expect(await bodyOf(owner('GET', `${path}/${row.id}`))).toEqual(row)
  })

  it('takes an id that the client made, once', async () => {
    const id = newId()
    expect((await create({ id })).row.id).toBe(id)
    const again = await owner('POST', path, { json: { ...example, id } })
    expect(again.status).toBe(409)
    const bad = await owner('POST', path, { json: { ...example, id: 'mine' } })
    expect(await bodyOf(bad)).toMatchObject({ status: 422, errors: [{ path: 'id' }] })
  })

  it('answers with and without a trailing slash, and to HEAD', async () => {
    const { row } = await create()
    expect((await owner('GET', `${path}/`)).status).toBe(200)
    expect((await owner('GET', `${path}/${row.id}/`)).status).toBe(200)
    const head = await owner('HEAD', `${path}/${row.id}`)
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it.each(['PUT', 'PATCH'])('%s changes the given fields and leaves the others', async (method) => {
    const { row } = await create()
    const changed = await owner(method, `${path}/${row.id}`, { json: { [title]: 'Changed' } })
    expect(changed.status).toBe(200)
    const derived = ['updated_at', ...(title === 'name' ? [] : ['name'])]
    expect(without(await bodyOf(changed), derived)).toEqual({
      ...without(row, derived),
      [title]: 'Changed',
    })
  })

  it('takes back what it gave', async () => {
    const { row } = await create()
    const sent = await owner('PUT', `${path}/${row.id}`, { json: row })
    expect(sent.status).toBe(200)
    expect(without(await bodyOf(sent), ['updated_at'])).toEqual(without(row, ['updated_at']))
  })

  it('refuses a change, a deletion and a restore of a version that is no more', async () => {
    const { row, etag } = await create()
    const fresh = await owner('PATCH', `${path}/${row.id}`, {
      json: { [title]: 'First' },
      headers: { 'if-match': etag },
    })
    expect(fresh.status).toBe(200)
    const headers = { 'if-match': etag }
    const stale = await owner('PATCH', `${path}/${row.id}`, {
      json: { [title]: 'Second' },
      headers,
    })
    expect(stale.status).toBe(412)
    expect((await owner('DELETE', `${path}/${row.id}`, { headers })).status).toBe(412)
    const several = `"1", ${fresh.headers.get('etag')}`
    const gone = await owner('DELETE', `${path}/${row.id}`, { headers: { 'if-match': several } })
    expect(gone.status).toBe(204)
    expect((await owner('POST', `${path}/${row.id}/restore`, { headers })).status).toBe(412)
  })

  it('deletes softly and restores', async () => {
    const { row } = await create({ [title]: 'Deleted softly' })
    expect((await owner('DELETE', `${path}/${row.id}`)).status).toBe(204)
    expect((await owner('GET', `${path}/${row.id}`)).status).toBe(404)
    expect((await owner('PATCH', `${path}/${row.id}`, { json: {} })).status).toBe(404)
    expect((await owner('DELETE', `${path}/${row.id}`)).status).toBe(404)
    const filter = `${title}=${encodeURIComponent('Deleted softly')}`
    expect((await bodyOf(owner('GET', `${path}?${filter}`))).total).toBe(0)
    expect((await bodyOf(owner('GET', `${path}?${filter}&deleted=true`))).total).toBe(1)
    const restored = await owner('POST', `${path}/${row.id}/restore`)
    expect(restored.status).toBe(200)
    expect(await bodyOf(restored)).toMatchObject({ id: row.id, deleted_at: null })
    expect((await bodyOf(owner('GET', `${path}?${filter}`))).total).toBe(1)
    expect((await owner('POST', `${path}/${row.id}/restore`)).status).toBe(200)
  })

  it('lists in pages by number and by cursor, without gap or repetition', async () => {
    for (let n = 0; n < 5; n += 1) await create({ [title]: `Paged ${n}` })
    const base = `${path}?${title}[contains]=Paged&sort=-${title}&page_size=2`
    const second = await bodyOf(owner('GET', `${base}&page=2`))
    expect(second).toMatchObject({ page: 2, page_size: 2, total: 5 })
    expect(second.items?.map((row) => row[title])).toEqual(['Paged 2', 'Paged 1'])
    const seen: unknown[] = []
    let cursor: unknown = ''
    while (cursor !== null) {
      const page = await bodyOf(owner('GET', `${base}&cursor=${cursor}`))
      seen.push(...(page.items ?? []).map((row) => row[title]))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(['Paged 4', 'Paged 3', 'Paged 2', 'Paged 1', 'Paged 0'])
  })

  it('searches by the beginnings of words', async () => {
    const { row } = await create({ [title]: 'Zanzibar Quartet' })
    const found = await bodyOf(owner('GET', `${path}?search=quart+zanz`))
    expect(found.items?.map(({ id }) => id)).toEqual([row.id])
    expect((await bodyOf(owner('GET', `${path}?search=quart+nothing`))).total).toBe(0)
  })

  it('names every parameter of a list that it cannot use', async () => {
    const query = `colour_of=red&${title}[near]=x&page=0&page_size=501&sort=-shape&deleted=perhaps`
    const answer = await owner('GET', `${path}?${query}`)
    expect(answer.status).toBe(422)
    const { errors } = await bodyOf(answer)
    expect(Array.isArray(errors) && errors.map(({ path }) => path).sort()).toEqual(
      ['colour_of', 'deleted', 'page', 'page_size', 'sort', `${title}[near]`].sort(),
    )
  })

  it('refuses unknown fields and names them, with all else that is wrong', async () => {
    const answer = await owner('POST', path, { json: { shoe_size: 42, [title]: 7 } })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const { errors } = await bodyOf(answer)
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'shoe_size' }),
        expect.objectContaining({ path: title }),
      ]),
    )
  })

  it('asks for required fields by their names', async () => {
    const answer = await owner('POST', path, { json: {} })
    expect(answer.status).toBe(422)
    const required = Object.entries(entity.fields)
      .filter(([, field]) => field.required && field.default === undefined)
      .map(([name]) => expect.objectContaining({ path: camelToSnake(name) }))
    expect((await bodyOf(answer)).errors).toEqual(required)
  })

  it('refuses bodies that are no JSON object', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await owner('POST', path, { body: '{"a":', headers })).status).toBe(400)
    expect((await owner('POST', path, { json: [1] })).status).toBe(400)
  })

  it('acts on many records at once and reports on each', async () => {
    const ids = [(await create()).row.id, (await create()).row.id]
    const missing = newId()
    const bulk = async (request: Record<string, unknown>) => {
      const answer = await owner('POST', `${path}/bulk`, { json: request })
      expect(answer.status).toBe(200)
      return bodyOf(answer)
    }
    const all = [...ids, missing]
    expect(
      await bulk({ action: 'update', ids: all, values: { [title]: 'In bulk' } }),
    ).toMatchObject({
      succeeded: 2,
      failed: 1,
      results: [{ ok: true }, { ok: true }, { id: missing, ok: false, status: 404 }],
    })
    expect(await bodyOf(owner('GET', `${path}/${ids[0]}`))).toMatchObject({ [title]: 'In bulk' })
    expect(await bulk({ action: 'delete', ids })).toMatchObject({ succeeded: 2 })
    expect(await bulk({ action: 'delete', ids })).toMatchObject({ succeeded: 0, failed: 2 })
    expect(await bulk({ action: 'restore', ids })).toMatchObject({ succeeded: 2 })
    expect((await owner('GET', `${path}/${ids[1]}`)).status).toBe(200)
    const bad = await owner('POST', `${path}/bulk`, { json: { action: 'explode', ids } })
    expect(bad.status).toBe(422)
  })

  it.each(['csv', 'json'])(
    'exports %s that another workspace imports unchanged',
    async (format) => {
      const { row } = await create({
        [title]: `=1+1 for ${format}, "quoted"\nand broken`,
        // Colleagues are others elsewhere.
        ...('ownerId' in entity.fields ? { owner_id: null } : {}),
      })
      const file = await owner('GET', `${path}/export?format=${format}&id=${row.id}`)
      expect(file.headers.get('content-disposition')).toContain(`${entity.plural}.${format}`)
      const imported = await elsewhere('POST', `${path}/import`, {
        body: await file.text(),
        headers: { 'content-type': format === 'csv' ? 'text/csv' : 'application/json' },
      })
      expect(await bodyOf(imported)).toEqual({ created: 1, failed: [], ids: [row.id] })
      const own = ['created_at', 'updated_at', 'created_by', 'owner_id']
      const there = await bodyOf(elsewhere('GET', `${path}/${row.id}`))
      expect(without(there, own)).toEqual(without(row, own))
    },
  )

  it('gives the same answer to the same request with one idempotency key', async () => {
    const json = example
    const headers = { 'idempotency-key': `key of ${entity.name}` }
    const first = await owner('POST', path, { json, headers })
    const second = await owner('POST', path, { json, headers })
    expect(first.status).toBe(201)
    expect(second.status).toBe(201)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(await second.text()).toBe(await first.text())
    const other = await owner('POST', path, { json: { ...json, [title]: 'Other' }, headers })
    expect(await bodyOf(other)).toMatchObject({ status: 409, code: 'request.conflict' })
  })

  it('lets a read-only role read and nothing else', async () => {
    const { row } = await create()
    expect((await readOnly('GET', `${path}/${row.id}`)).status).toBe(200)
    const one = `${path}/${row.id}`
    const answers = await Promise.all([
      readOnly('POST', path, { json: { nonsense: 1 } }),
      readOnly('PATCH', one, { json: {} }),
      readOnly('DELETE', one),
      readOnly('POST', `${one}/restore`),
      readOnly('POST', `${path}/bulk`, { json: { action: 'delete', ids: [row.id] } }),
      readOnly('POST', `${path}/import`, { json: { items: [example] } }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
  })

  it('hides the records of other workspaces in every verb', async () => {
    const { row } = await create()
    const one = `${path}/${row.id}`
    const answers = await Promise.all([
      elsewhere('GET', one),
      elsewhere('PUT', one, { json: { [title]: 'Mine' } }),
      elsewhere('PATCH', one, { json: { [title]: 'Mine' } }),
      elsewhere('DELETE', one),
      elsewhere('POST', `${one}/restore`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    const ids = [row.id]
    const bulk = elsewhere('POST', `${path}/bulk`, { json: { action: 'delete', ids } })
    expect(await bodyOf(bulk)).toMatchObject({ succeeded: 0, results: [{ status: 404 }] })
    expect((await bodyOf(elsewhere('GET', `${path}?id=${row.id}`))).total).toBe(0)
    expect((await owner('GET', one)).status).toBe(200)
  })

  it('asks everybody to sign in', async () => {
    const server = await createTestServer()
    const answer = await server.nobody('GET', path)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })
})

describe('the REST API of users', () => {
  it('reads colleagues and refuses to write them', async () => {
    const { owner } = await (await createTestServer()).workspace('first')
    const list = await bodyOf(owner('GET', '/api/v1/crm/users'))
    expect(list.items).toMatchObject([{ name: 'The owner', role: 'owner', active: true }])
    const one = `/api/v1/crm/users/${list.items?.[0]?.id}`
    const answers = await Promise.all([
      owner('POST', '/api/v1/crm/users', { json: {} }),
      owner('PATCH', one, { json: { role: 'sales' } }),
      owner('DELETE', one),
    ])
    for (const answer of answers)
      expect(await bodyOf(answer)).toMatchObject({ status: 403, code: 'record.readonly' })
  })
})
