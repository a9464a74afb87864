import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, type Caller, createTestServer, type TestServer } from '../../kernel/test-server'

const content = new TextEncoder().encode('an offer, signed')
const sha256 = createHash('sha256').update(content).digest('hex')

describe('the content of a file', () => {
  let server: TestServer
  let owner: Caller
  let workspace: Awaited<ReturnType<TestServer['workspace']>>

  beforeEach(async () => {
    server = await createTestServer()
    workspace = await server.workspace('acme')
    owner = workspace.owner
    return () => server.services.close()
  })

  const addFile = async (more: { [field: string]: unknown } = {}): Promise<string> => {
    const json = { name: 'Angebot “März”.pdf', size: content.length, sha256, ...more }
    return String((await bodyOf(owner('POST', '/api/v1/crm/files', { json }))).id)
  }
  const pathOf = (id: string): string => `/api/v1/crm/files/${id}/content`

  it('comes back as it was sent, as a download that nothing runs', async () => {
    const id = await addFile()
    expect((await owner('GET', pathOf(id))).status).toBe(404)
    expect((await owner('PUT', pathOf(id), { body: content })).status).toBe(204)
    const answer = await owner('GET', pathOf(id))
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Angebot _M_rz_.pdf"; filename*=UTF-8''Angebot%20%E2%80%9CM%C3%A4rz%E2%80%9D.pdf`,
    )
    const record = await bodyOf(owner('GET', `/api/v1/crm/files/${id}`))
    expect(record.uploaded_at).toBe(new Date(server.clock.now).toISOString())
    expect((await owner('PUT', pathOf(id), { body: content })).status).toBe(204)
  })

  it('that is not the one of the record is refused', async () => {
    const id = await addFile()
    const answer = await owner('PUT', pathOf(id), { body: 'something else' })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'sha256' }, { path: 'size' }] })
    expect((await bodyOf(owner('GET', `/api/v1/crm/files/${id}`))).uploaded_at).toBeNull()
  })

  it('does not change: another digest, or one that is none, is refused', async () => {
    const id = await addFile()
    const other = sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    const path = `/api/v1/crm/files/${id}`
    expect((await owner('PATCH', path, { json: { sha256: other } })).status).toBe(422)
    expect((await owner('PATCH', path, { json: { name: 'Offer.pdf' } })).status).toBe(200)
    const none = await owner('POST', '/api/v1/crm/files', {
      json: { name: 'x', size: 1, sha256: 'none' },
    })
    expect(none.status).toBe(422)
  })

  it('is nobody’s outside the workspace, without a token, or for a role that may only read', async () => {
    const id = await addFile()
    const reader = await workspace.person('read_only')
    expect((await reader.call('PUT', pathOf(id), { body: content })).status).toBe(403)
    await owner('PUT', pathOf(id), { body: content })
    expect((await reader.call('GET', pathOf(id))).status).toBe(200)
    const stranger = (await server.workspace('other')).owner
    expect((await stranger('GET', pathOf(id))).status).toBe(404)
    expect((await stranger('PUT', pathOf(id), { body: content })).status).toBe(404)
    expect((await server.nobody('GET', pathOf(id))).status).toBe(401)
    await owner('DELETE', `/api/v1/crm/files/${id}`)
    expect((await owner('GET', pathOf(id))).status).toBe(404)
  })
})
