import { beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type Caller, createTestServer, type TestServer } from '../../kernel/test-server'

describe('the calendar link', () => {
  let server: TestServer
  let owner: Caller

  beforeEach(async () => {
    server = await createTestServer()
    owner = (await server.workspace('acme')).owner
    return () => server.services.close()
  })

  const link = async (): Promise<string> =>
    String((await bodyOf(owner('POST', '/api/v1/calendar'))).path)
  const plan = (json: { [field: string]: unknown }) =>
    owner('POST', '/api/v1/crm/activities', { json: { activity_type: 'call', ...json } })

  it('shows one’s own planned activities to whoever has it, without signing in', async () => {
    await plan({ subject: 'Call Ada', due_date: '2026-01-20T09:00:00Z' })
    await plan({ subject: 'Cancelled', due_date: '2026-01-21T09:00:00Z', status: 'cancelled' })
    await plan({ subject: 'Long over', due_date: '2025-01-21T09:00:00Z' })
    const answer = await server.nobody('GET', await link())
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    const text = await answer.text()
    expect(text).toContain('SUMMARY:Call Ada')
    expect(text).not.toMatch(/Cancelled|Long over/)
  })

  it('answers an unchanged calendar with nothing, and a changed one anew', async () => {
    const path = await link()
    const etag = (await server.nobody('GET', path)).headers.get('etag') ?? ''
    const again = () => server.nobody('GET', path, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await plan({ subject: 'New', due_date: '2026-01-20T09:00:00Z' })
    expect((await again()).status).toBe(200)
  })

  it('ends when it is replaced or taken away, and cannot be guessed', async () => {
    const first = await link()
    const second = await link()
    expect((await server.nobody('GET', first)).status).toBe(404)
    expect((await server.nobody('GET', second)).status).toBe(200)
    expect((await server.nobody('GET', second.replace(/.\.ics$/, '.ics'))).status).toBe(404)
    expect(await bodyOf(owner('GET', '/api/v1/calendar'))).toEqual({ active: true })
    await owner('DELETE', '/api/v1/calendar')
    expect((await server.nobody('GET', second)).status).toBe(404)
    expect((await server.nobody('POST', '/api/v1/calendar')).status).toBe(401)
  })
})
