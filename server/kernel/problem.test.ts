import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../shared/kernel/refusal'
import { gateRefusal, problemBody, toRefusal } from './problem'
import { bodyOf, createTestServer } from './test-server'

describe('problems', () => {
  it('tell nothing of what nobody foresaw, and log it with its cause', () => {
    const lines: string[] = []
    const log = pino({}, { write: (line: string) => void lines.push(line) })
    const error = new Error('secret path', { cause: new Error('deeper') })
    expect(problemBody(toRefusal(error, log))).toEqual({
      type: 'https://roadbook.test/problems/internal',
      title: 'Internal error',
      status: 500,
      detail: 'The server met an unexpected problem. Nothing was changed.',
      code: 'internal',
      errors: [],
    })
    expect(lines.join()).toMatch(/secret path.*deeper/)
  })

  it('call fields by their wire names', () => {
    const { info } = new Refusal('record.invalid', {
      detail: 'firstName: is required',
      errors: [{ path: 'firstName', message: 'is required' }],
    })
    expect(problemBody(gateRefusal(info))).toMatchObject({
      detail: 'first_name: is required',
      errors: [{ path: 'first_name', message: 'is required' }],
    })
  })

  it('of addresses nobody serves are 404, of methods nobody answers 405 with what is allowed', async () => {
    const { owner } = await (await createTestServer()).workspace('first')
    expect(await bodyOf(owner('GET', '/api/nothing'))).toMatchObject({
      status: 404,
      code: 'request.not-found',
    })
    expect((await owner('GET', '/api/v1/crm/unicorns')).status).toBe(404)
    const wrong = await owner('DELETE', '/api/v1/crm/contacts')
    expect(await bodyOf(wrong)).toMatchObject({ status: 405, code: 'request.method' })
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST')
    expect((await owner('POST', '/api/v1/auth/me')).headers.get('allow')).toBe('GET, HEAD')
  })

  it('answer 413 to a body that is too large', async () => {
    const { owner } = await (await createTestServer()).workspace('first')
    const answer = await owner('POST', '/api/v1/crm/contacts', {
      body: 'x'.repeat(21 * 1024 * 1024),
    })
    expect(await bodyOf(answer)).toMatchObject({ status: 413, code: 'request.too-large' })
  })
})
