import { describe, expect, it } from 'vitest'
import { Unreachable } from '../sync/types'
import { refusalIn } from './problem'

const problem = (body: BodyInit, type = 'application/problem+json') =>
  refusalIn(new Response(body, { status: 413, headers: { 'content-type': type } }))

describe('an answer that says no', () => {
  it('is a refusal with the reason that our server gives', async () => {
    const refusal = await problem('{"code":"auth.forbidden","detail":"Not yours."}')
    expect(refusal?.info).toEqual({ code: 'auth.forbidden', detail: 'Not yours.', errors: [] })
  })

  it('of somebody else is no refusal of ours', async () => {
    expect(await problem('<h1>Too large</h1>', 'text/html')).toBeUndefined()
    expect(await problem('{"error":"too large"}', 'application/json')).toBeUndefined()
    expect(await problem('{"code":"toString"}')).toBeUndefined()
    expect(await refusalIn(new Response(null, { status: 403 }))).toBeUndefined()
  })

  it('that breaks off is as good as none', async () => {
    const broken = new ReadableStream({ start: (body) => body.error(new Error('cut')) })
    await expect(problem(broken)).rejects.toThrow(Unreachable)
    await expect(problem('{"code":"auth.forb')).rejects.toThrow(Unreachable)
  })
})
