import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiKey, login } from '../db/schema'
import { bodyOf, createTestServer, type TestServer } from '../kernel/test-server'
import { createLogin, createWorkspace } from './logins'

const base = '/api/v1/auth'
const password = 'correct horse battery'
const setup = {
  workspace_name: 'Acme',
  workspace_slug: 'acme',
  name: 'Ann Lee',
  email: 'Ann@Acme.test',
  password,
}
const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string() })
let server: TestServer

beforeEach(async () => {
  server = await createTestServer()
})

const post = (path: string, json: unknown) => server.nobody('POST', `${base}${path}`, { json })
const signIn = async (email = 'ann@acme.test') => {
  const answer = await post('/login', { email, password })
  expect(answer.status).toBe(200)
  return tokensSchema.parse(await bodyOf(answer))
}
const me = (token: string) => server.withToken(token)('GET', `${base}/me`)

describe('first-run setup', () => {
  it('makes the workspace and its owner and signs in, once', async () => {
    expect(await bodyOf(server.nobody('GET', `${base}/status`))).toMatchObject({
      setup_needed: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
    const answer = await post('/setup', setup)
    expect(answer.status).toBe(201)
    const body = await bodyOf(answer)
    expect(body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      user: { id: expect.any(String), name: 'Ann Lee', email: 'ann@acme.test', role: 'owner' },
      workspace: { id: expect.any(String), slug: 'acme', name: 'Acme', currency: 'EUR' },
    })
    expect(await bodyOf(me(String(body.access_token)))).toEqual({
      user: body.user,
      workspace: body.workspace,
    })
    expect(await bodyOf(post('/setup', setup))).toMatchObject({ status: 409, code: 'setup.done' })
    expect(await bodyOf(server.nobody('GET', `${base}/status`))).toMatchObject({
      setup_needed: false,
    })
  })

  it('lets one of two simultaneous setups through', async () => {
    const both = await Promise.all([
      post('/setup', setup),
      post('/setup', { ...setup, workspace_slug: 'other' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('can be repeated after it was cut short before anybody could sign in', async () => {
    createWorkspace(server.services.db, { name: 'Half', slug: 'acme' })
    const answer = await bodyOf(post('/setup', setup))
    expect(answer.workspace).toMatchObject({ slug: 'acme', name: 'Acme' })
  })

  it.each([
    ['workspace_slug', 'No Spaces'],
    ['workspace_slug', '-a'],
    ['password', 'short'],
    ['email', 'nobody'],
    ['name', ' '],
    ['currency', 'euro'],
  ])('refuses %s %j', async (path, value) => {
    expect(await bodyOf(post('/setup', { ...setup, [path]: value }))).toMatchObject({
      status: 422,
      errors: [{ path }],
    })
  })
})

describe('signing in', () => {
  beforeEach(async () => {
    await post('/setup', setup)
  })

  it('takes the e-mail in any case and the password exactly', async () => {
    await signIn(' ANN@acme.test')
    const wrong = await bodyOf(post('/login', { email: 'ann@acme.test', password: 'Correct' }))
    expect(wrong).toMatchObject({ status: 401, code: 'auth.invalid' })
  })

  it('tells a wrong password and an unknown address by nothing', async () => {
    const wrong = await bodyOf(post('/login', { email: 'ann@acme.test', password: 'wrong' }))
    const unknown = await bodyOf(post('/login', { email: 'who@acme.test', password: 'wrong' }))
    expect(unknown).toEqual(wrong)
  })

  it('makes those wait who guess, and no one else', async () => {
    const guess = () => post('/login', { email: 'ann@acme.test', password: 'wrong' })
    const statuses: number[] = []
    for (let n = 0; n < 10; n += 1) statuses.push((await guess()).status)
    expect(new Set(statuses)).toEqual(new Set([401]))
    const throttled = await guess()
    expect(await bodyOf(throttled)).toMatchObject({ status: 429, code: 'auth.throttled' })
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await post('/login', { email: 'ann@acme.test', password })).status).toBe(429)
    expect((await post('/login', { email: 'other@acme.test', password })).status).toBe(401)
  })

  it('forgets wrong guesses once the right password came', async () => {
    for (let n = 0; n < 12; n += 1) {
      if (n === 6) await signIn()
      else await post('/login', { email: 'ann@acme.test', password: 'wrong' })
    }
    await signIn()
  })

  it('asks which workspace is meant where several know the address, and tells only who may know', async () => {
    const workspaceId = createWorkspace(server.services.db, { name: 'Beta', slug: 'beta' })
    const email = 'ann@acme.test'
    await createLogin(server.services, { workspaceId, name: 'Ann', email, password, role: 'sales' })
    expect(await bodyOf(post('/login', { email, password }))).toMatchObject({
      status: 422,
      errors: [{ path: 'workspace', message: expect.stringContaining('beta') }],
    })
    expect(await bodyOf(post('/login', { email, password: 'wrong' }))).toMatchObject({
      status: 401,
    })
    const chosen = await bodyOf(post('/login', { email, password, workspace: 'beta' }))
    expect(chosen).toMatchObject({ workspace: { slug: 'beta' }, user: { role: 'sales' } })
  })

  it('refuses bodies that it cannot read', async () => {
    expect((await server.nobody('POST', `${base}/login`, { body: '{' })).status).toBe(400)
    expect((await post('/login', { email: 'a' })).status).toBe(422)
  })
})

describe('access tokens', () => {
  beforeEach(async () => {
    await post('/setup', setup)
  })

  it('end after a quarter of an hour', async () => {
    const { access_token } = await signIn()
    server.clock.now += 14 * 60_000
    expect((await me(access_token)).status).toBe(200)
    server.clock.now += 2 * 60_000
    expect(await bodyOf(me(access_token))).toMatchObject({ status: 401, code: 'auth.expired' })
  })

  it.each(['', 'nonsense', 'rbk_nonsense', 'a.b.c'])(
    'are not believed when they say %j',
    async (token) => {
      expect((await me(token)).status).toBe(401)
    },
  )

  it('are not believed when signed with another key or without one', async () => {
    const { access_token } = await signIn()
    const [header, payload, signature] = access_token.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect((await me(`${none}.${payload}.`)).status).toBe(401)
    expect((await me(`${header}.${payload}.${signature?.replace(/./, 'A')}x`)).status).toBe(401)
    const other = await createTestServer({ now: server.clock.now })
    expect((await other.withToken(access_token)('GET', `${base}/me`)).status).toBe(401)
  })

  it('are worth nothing from the moment that their user is disabled', async () => {
    const { access_token, refresh_token } = await signIn()
    server.services.db.update(login).set({ active: false }).run()
    expect((await me(access_token)).status).toBe(401)
    expect((await post('/refresh', { refresh_token })).status).toBe(401)
    expect((await post('/login', { email: 'ann@acme.test', password })).status).toBe(401)
  })

  it('carry the role that the user has now', async () => {
    const { access_token } = await signIn()
    server.services.db.update(login).set({ role: 'read_only' }).run()
    const call = server.withToken(access_token)
    const answer = await call('POST', '/api/v1/crm/tags', { json: { name: 'A' } })
    expect(answer.status).toBe(403)
  })
})

describe('refresh tokens', () => {
  beforeEach(async () => {
    await post('/setup', setup)
  })
  const refresh = (refresh_token: unknown) => bodyOf(post('/refresh', { refresh_token }))

  it('rotate', async () => {
    const first = await signIn()
    const second = await refresh(first.refresh_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await me(String(second.access_token))).status).toBe(200)
    expect(await refresh(second.refresh_token)).toHaveProperty('access_token')
  })

  it('are taken once more within seconds, because the answer may have been lost', async () => {
    const { refresh_token } = await signIn()
    const lost = await refresh(refresh_token)
    server.clock.now += 5_000
    const again = await refresh(refresh_token)
    expect(again).toHaveProperty('access_token')
    expect(await refresh(lost.refresh_token)).toHaveProperty('access_token')
  })

  it('end the whole sign-in when one is used again later', async () => {
    const stolen = await signIn()
    const honest = await refresh(stolen.refresh_token)
    server.clock.now += 11_000
    expect(await refresh(stolen.refresh_token)).toMatchObject({ status: 401, code: 'auth.reused' })
    expect(await refresh(honest.refresh_token)).toMatchObject({ status: 401 })
    expect((await me(String(honest.access_token))).status).toBe(401)
  })

  it('end of themselves when nobody uses them', async () => {
    const { refresh_token } = await signIn()
    server.clock.now += 61 * 24 * 3600_000
    expect(await refresh(refresh_token)).toMatchObject({ status: 401, code: 'auth.expired' })
  })

  it('and access tokens end with the sign-out, by either of them', async () => {
    const first = await signIn()
    expect((await post('/logout', { refresh_token: first.refresh_token })).status).toBe(204)
    expect((await me(first.access_token)).status).toBe(401)
    const second = await signIn()
    const call = server.withToken(second.access_token)
    expect((await call('POST', `${base}/logout`)).status).toBe(204)
    expect(await refresh(second.refresh_token)).toMatchObject({ status: 401 })
    expect((await server.nobody('POST', `${base}/logout`)).status).toBe(401)
  })
})

describe('API keys', () => {
  it('act for their maker until they are revoked, and are stored by hash alone', async () => {
    const { owner } = await server.workspace('first')
    const made = await bodyOf(owner('POST', `${base}/api-keys`, { json: { name: 'Shop' } }))
    const key = String(made.key)
    expect(key).toMatch(/^rbk_[\w-]{43}$/)
    const call = server.withToken(key)
    expect((await call('POST', '/api/v1/crm/tags', { json: { name: 'A' } })).status).toBe(201)
    const listed = await bodyOf(owner('GET', `${base}/api-keys`))
    expect(listed.items).toEqual([
      { id: made.id, name: 'Shop', prefix: key.slice(0, 8), created_at: expect.any(String) },
    ])
    expect(JSON.stringify(server.services.db.select().from(apiKey).all())).not.toContain(key)
    expect((await owner('DELETE', `${base}/api-keys/${made.id}`)).status).toBe(204)
    expect((await owner('DELETE', `${base}/api-keys/${made.id}`)).status).toBe(404)
    expect((await call('GET', '/api/v1/crm/tags')).status).toBe(401)
  })

  it('stop with their maker', async () => {
    const workspace = await server.workspace('first')
    const { call: admin, userId } = await workspace.person('admin')
    const { key } = await bodyOf(admin('POST', `${base}/api-keys`, { json: { name: 'A' } }))
    server.services.db.update(login).set({ active: false }).where(eq(login.userId, userId)).run()
    expect((await server.withToken(String(key))('GET', '/api/v1/crm/tags')).status).toBe(401)
  })

  it('are made by owners and admins alone, each workspace seeing its own', async () => {
    const first = await server.workspace('first')
    const second = await server.workspace('second')
    const { call: manager } = await first.person('manager')
    expect((await manager('GET', `${base}/api-keys`)).status).toBe(403)
    const { id } = await bodyOf(first.owner('POST', `${base}/api-keys`, { json: { name: 'A' } }))
    expect((await bodyOf(second.owner('GET', `${base}/api-keys`))).items).toEqual([])
    expect((await second.owner('DELETE', `${base}/api-keys/${id}`)).status).toBe(404)
  })
})
