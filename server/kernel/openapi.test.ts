import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { entities } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { bodyOf, createTestServer, type TestServer } from './test-server'

const documentSchema = z.looseObject({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
})
const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).length(1),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['query', 'header', 'path']) }))
    .optional(),
  responses: z.record(z.string().regex(/^\d{3}$/), z.unknown()),
})

let server: TestServer
let document: z.infer<typeof documentSchema>

beforeAll(async () => {
  server = await createTestServer()
  document = documentSchema.parse(await bodyOf(server.nobody('GET', '/api/openapi.json')))
})

const documented = (): string[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => method !== 'parameters')
      .map((method) => `${method.toUpperCase()} ${path}`),
  )

/** What the router answers, the generic routes once for each entity. */
const served = (): string[] =>
  server.app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/api\/v1\/[^*]+$/.test(path))
    .flatMap(({ method, path }) =>
      path.includes(':plural')
        ? Object.values<AnyEntity>(entities)
            .filter(({ kind }) => kind !== 'server' || method === 'GET')
            .map(({ plural }) => `${method} ${path.replace(':plural', plural)}`)
        : [`${method} ${path}`],
    )
    .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))

const visit = (value: unknown, see: (ref: string) => void): void => {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$ref' && typeof inner === 'string') see(inner)
    else visit(inner, see)
  }
}

describe('the OpenAPI document', () => {
  it('describes every route that is served, and serves every route that it describes', () => {
    expect(documented().sort()).toEqual([...new Set(served())].sort())
  })

  it('is version 3.1 and gives every operation a name of its own', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const operations = Object.values(document.paths).flatMap(({ parameters: _, ...item }) =>
      Object.values(item).map((operation) => operationSchema.parse(operation)),
    )
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { parameters = [] } of operations) {
      const names = parameters.map((one) => `${one.in} ${one.name}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it('refers only to what it contains', () => {
    const missing = new Set<string>()
    visit(document, (ref) => {
      const [, , section = '', name = ''] = ref.split('/')
      if (document.components[section]?.[name] === undefined) missing.add(ref)
    })
    expect([...missing]).toEqual([])
  })

  it('declares the parameters of its paths', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const declared = z.array(z.object({ name: z.string() })).parse(item.parameters ?? [])
      expect(declared.map(({ name }) => name)).toEqual(named)
    }
  })

  it('lists as fields what a record shows', async () => {
    const { owner } = await server.workspace('first')
    const row = await bodyOf(owner('POST', '/api/v1/crm/accounts', { json: { name: 'A' } }))
    const { properties } = z
      .object({ properties: z.record(z.string(), z.unknown()) })
      .parse(document.components.schemas?.Account)
    expect(Object.keys(properties).sort()).toEqual(Object.keys(row).sort())
  })
})

describe('the API page', () => {
  const page = async (query = '') => {
    const answer = await server.nobody('GET', `/api/docs${query}`)
    return { answer, text: await answer.text() }
  }

  it('shows every route, without script and without any download', async () => {
    const { answer, text } = await page()
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const path of Object.keys(document.paths)) expect(text).toContain(`<code>${path}</code>`)
    expect(text).not.toMatch(/<script|<link|<img|src=|https?:\/\/(?!example\.com)/)
  })

  it('finds what is searched for and shows the search as text', async () => {
    const { text } = await page('?q=restore+lead')
    expect(text).toContain('/api/v1/crm/leads/{id}/restore')
    expect(text).not.toContain('<code>/api/v1/crm/tags</code>')
    expect((await page('?q=%22%3E%3Cscript%3E')).text).not.toContain('<script>')
  })
})
