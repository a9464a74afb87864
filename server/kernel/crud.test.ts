import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import { bodyOf, type Caller, createTestServer } from './test-server'

const crm = '/api/v1/crm'
let owner: Caller
let cashier: Caller
let elsewhere: Caller

beforeAll(async () => {
  const server = await createTestServer()
  const workspace = await server.workspace('first')
  owner = workspace.owner
  cashier = (await workspace.person('cashier')).call
  elsewhere = (await server.workspace('second')).owner
})

const create = async (plural: string, json: Record<string, unknown>) => {
  const answer = await owner('POST', `${crm}/${plural}`, { json })
  const row = await bodyOf(answer)
  expect(row).toMatchObject({ id: expect.any(String) })
  return row
}
const change = (plural: string, id: unknown, json: Record<string, unknown>) =>
  bodyOf(owner('PATCH', `${crm}/${plural}/${id}`, { json }))
const problemsOf = async (answer: Promise<Response>) => {
  const { status, errors } = await bodyOf(answer)
  return { status, errors }
}

describe('values on the wire', () => {
  it('says what a contact is called, and passes over that name when it comes back', async () => {
    const row = await create('contacts', { first_name: 'Ada', last_name: 'Byron' })
    expect(row.name).toBe('Ada Byron')
    expect(await change('contacts', row.id, { name: 'Other' })).toMatchObject({ name: 'Ada Byron' })
  })

  it('keeps phone numbers in E.164, those in lists too, and others as typed', async () => {
    const row = await create('contacts', {
      first_name: 'Ada',
      phone: '+49 (30) 12 34 56',
      mobile: 'ask the desk, 12',
      phones: [{ label: 'Work', number: '+1 415 555-2671' }],
    })
    expect(row).toMatchObject({
      phone: '+4930123456',
      mobile: 'ask the desk, 12',
      phones: [{ label: 'Work', number: '+14155552671', primary: false }],
    })
  })

  it('speaks of money in major units of the record, whatever its currency', async () => {
    const row = await create('accounts', { name: 'Yen', annual_revenue: 1200, currency: 'JPY' })
    expect(await change('accounts', row.id, { annual_revenue: 1500 })).toMatchObject({
      annual_revenue: 1500,
    })
    expect(await change('accounts', row.id, { currency: 'EUR' })).toMatchObject({
      annual_revenue: 1500,
      currency: 'EUR',
    })
    expect(await change('accounts', row.id, { annual_revenue: 0.07 })).toMatchObject({
      annual_revenue: 0.07,
    })
  })

  it.each([
    ['accounts', { name: 'A', annual_revenue: '12' }, 'annual_revenue'],
    ['contacts', { first_name: 'A', firstName: 'B' }, 'firstName'],
    ['contacts', { first_name: 'A', tags: 'VIP' }, 'tags'],
    ['contacts', { first_name: 'A', tags: [7] }, 'tags'],
    ['contacts', { first_name: 'A', tags: [newId()] }, 'tags.0'],
    ['contacts', { first_name: 'A', notes: 7 }, 'notes'],
    ['contacts', { first_name: 'A', account_id: newId() }, 'account_id'],
    ['contacts', { first_name: 'A', emails: [{ address: 'nobody' }] }, 'emails.0.address'],
    ['contacts', { first_name: 'A', id: 7 }, 'id'],
    ['contacts', { first_name: '  ' }, 'first_name'],
  ])('of %s refuses %j and names %s', async (plural, json, path) => {
    expect(await problemsOf(owner('POST', `${crm}/${plural}`, { json }))).toMatchObject({
      status: 422,
      errors: [{ path }],
    })
  })

  it('keeps a reference to what was deleted since, but makes no new one', async () => {
    const account = await create('accounts', { name: 'Gone soon' })
    const contact = await create('contacts', { first_name: 'A', account_id: account.id })
    await owner('DELETE', `${crm}/accounts/${account.id}`)
    const same = await owner('PUT', `${crm}/contacts/${contact.id}`, { json: contact })
    expect(same.status).toBe(200)
    const json = { first_name: 'B', account_id: account.id }
    expect(await problemsOf(owner('POST', `${crm}/contacts`, { json }))).toMatchObject({
      errors: [{ path: 'account_id', message: 'there is no such account' }],
    })
  })

  it('does not point at records of another workspace', async () => {
    const { id } = await create('accounts', { name: 'Ours' })
    const json = { first_name: 'Spy', account_id: id }
    expect((await elsewhere('POST', `${crm}/contacts`, { json })).status).toBe(422)
  })
})

describe('tags by name', () => {
  const tagNamed = async (name: string) =>
    (await bodyOf(owner('GET', `${crm}/tags?name=${encodeURIComponent(name)}`))).items ?? []

  it('are created where they are missing, once, whatever their case', async () => {
    const first = await create('contacts', { first_name: 'A', tags: ['Loyal', 'LOYAL', 'Éclair'] })
    expect(first.tags).toHaveLength(2)
    const second = await create('leads', { name: 'B', tags: ['loyal', 'éclair'] })
    expect(second.tags).toEqual(expect.arrayContaining(['Loyal', 'Éclair']))
    expect(await tagNamed('loyal')).toHaveLength(1)
  })

  it('are created once by many requests at the same time', async () => {
    const rows = await Promise.all([
      ...Array.from({ length: 8 }, () => create('contacts', { first_name: 'A', tags: ['Rush'] })),
      bodyOf(
        owner('POST', `${crm}/contacts/import`, {
          json: { items: [{ first_name: 'B', tags: ['rush'] }] },
        }),
      ),
    ])
    expect(rows).toHaveLength(9)
    expect(await tagNamed('Rush')).toHaveLength(1)
    expect((await bodyOf(owner('GET', `${crm}/contacts?tags=rush`))).total).toBe(9)
  })

  it('find what any of several tags of one name is on', async () => {
    for (const name of ['Twin', 'twin']) {
      const tag = await create('tags', { name })
      await create('contacts', { first_name: 'A', tags: [tag.id] })
    }
    expect((await bodyOf(owner('GET', `${crm}/contacts?tags=TWIN`))).total).toBe(2)
  })

  it('are taken by id as well', async () => {
    const tag = await create('tags', { name: 'By id' })
    expect((await create('contacts', { first_name: 'A', tags: [tag.id] })).tags).toEqual(['By id'])
  })

  it('are not left behind by a record that was refused', async () => {
    const json = { first_name: 'A', email: 'nobody', tags: ['Never made'] }
    expect((await owner('POST', `${crm}/contacts`, { json })).status).toBe(422)
    expect(await tagNamed('Never made')).toEqual([])
  })

  it('replace those of the record, and vanish from it when they are deleted', async () => {
    const row = await create('contacts', { first_name: 'A', tags: ['One', 'Two'] })
    const changed = await change('contacts', row.id, { tags: ['Two', 'Three'] })
    expect(changed.tags).toEqual(expect.arrayContaining(['Two', 'Three']))
    expect(changed.tags).toHaveLength(2)
    const [two] = await tagNamed('Two')
    await owner('DELETE', `${crm}/tags/${two?.id}`)
    const now = await bodyOf(owner('GET', `${crm}/contacts/${row.id}`))
    expect(now.tags).toEqual(['Three'])
  })

  it('are put on and taken off many records at once', async () => {
    const ids = [
      (await create('contacts', { first_name: 'A', tags: ['Old'] })).id,
      (await create('contacts', { first_name: 'B' })).id,
    ]
    const bulk = (action: string, tags: string[]) =>
      owner('POST', `${crm}/contacts/bulk`, { json: { action, ids, tags } })
    expect(await bodyOf(bulk('tag', ['Fresh', 'old']))).toMatchObject({ succeeded: 2 })
    const tagged = await bodyOf(owner('GET', `${crm}/contacts?tags=fresh&tags=nothing`))
    expect(tagged.total).toBe(2)
    expect(await bodyOf(bulk('untag', ['fresh', 'never heard of']))).toMatchObject({ succeeded: 2 })
    expect((await bodyOf(owner('GET', `${crm}/contacts?tags=Fresh`))).total).toBe(0)
    expect((await bodyOf(owner('GET', `${crm}/contacts?tags[in]=fresh,OLD`))).total).toBe(2)
    const json = { action: 'tag', ids: [newId()], tags: ['A'] }
    expect((await owner('POST', `${crm}/tags/bulk`, { json })).status).toBe(422)
  })
})

describe('roles', () => {
  it('let a cashier write contacts but neither delete them nor see leads', async () => {
    const answer = await cashier('POST', `${crm}/contacts`, { json: { first_name: 'A' } })
    expect(answer.status).toBe(201)
    const { id } = await bodyOf(answer)
    expect((await cashier('PATCH', `${crm}/contacts/${id}`, { json: {} })).status).toBe(200)
    expect((await cashier('DELETE', `${crm}/contacts/${id}`)).status).toBe(403)
    const bulk = { action: 'delete', ids: [id] }
    expect((await cashier('POST', `${crm}/contacts/bulk`, { json: bulk })).status).toBe(403)
    expect((await cashier('POST', `${crm}/leads`, { json: { name: 'A' } })).status).toBe(403)
    expect((await cashier('GET', `${crm}/leads`)).status).toBe(403)
  })
})
