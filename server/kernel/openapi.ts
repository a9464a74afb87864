/** The OpenAPI 3.1 document, generated from the register and from the schemas that validate. */
import { entities } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { refusals } from '../../shared/kernel/refusal'
import { authPaths } from './openapi-auth'
import { entityPaths } from './openapi-crud'
import { type Json, json, ok, problems, ref } from './openapi-parts'
import { entitySchemas, sharedSchemas } from './openapi-schemas'
import { titleOfStatus } from './problem'

export type OpenApiDocument = {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: Json[]
  security: Json[]
  paths: { [path: string]: Json }
  components: { securitySchemes: Json; responses: Json; schemas: { [name: string]: unknown } }
}

const problemResponses = (): Json => {
  const all = Object.entries(refusals)
  const statuses = [...new Set(all.map(([, [status]]) => status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = all.filter(([, [other]]) => other === status)
      const meanings = codes.map(([code, [, sentence]]) => `\`${code}\`: ${sentence}`)
      const response = {
        description: `${titleOfStatus(status)}. ${meanings.join(' ')}`,
        ...(status === 429
          ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } } }
          : {}),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      }
      return [`Problem${status}`, response]
    }),
  )
}

const lookup: Json = {
  tags: ['Sync'],
  operationId: 'lookup',
  summary: 'Look records up for a copy that does not hold them',
  description:
    'By name, a record with what points at it, or by a search. Records come as sync carries them; see docs/sync-protocol.md.',
  requestBody: {
    required: true,
    content: json(ref('Lookup'), { by: 'search', text: 'ada', entity: 'contact' }),
  },
  responses: {
    200: ok('Records that the user may see', ref('LookupAnswer')),
    ...problems(400, 401, 422),
  },
}

const refusedEdits: Json = {
  tags: ['Sync'],
  operationId: 'refused_edits',
  summary: 'Edits of devices that were refused, for owners and admins',
  description:
    'Newest first. Their authors find them under *Sync issues*; values stand as sync carries them.',
  parameters: [
    { name: 'cursor', in: 'query', schema: { type: 'integer', minimum: 1 } },
    {
      name: 'page_size',
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    },
  ],
  responses: { 200: ok('Refused edits', ref('RefusedEdits')), ...problems(401, 403, 422) },
}

/** The document for all entities of the register. */
export const createOpenApi = (
  version: string,
  actions: { [path: string]: Json },
): OpenApiDocument => {
  const all = Object.values<AnyEntity>(entities)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Roadbook',
      version,
      description:
        'Names are snake_case, ids are UUIDs, times RFC 3339 in UTC, money decimal numbers in major units. Problems are answered as RFC 9457 problem details with a `code` that does not change.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths: {
      ...authPaths(),
      '/api/v1/crm/lookup': { post: lookup },
      '/api/v1/crm/refused-edits': { get: refusedEdits },
      ...Object.assign({}, ...all.map(entityPaths)),
      ...actions,
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT or API key',
          description: 'An access token from `POST /api/v1/auth/login`, or an API key (`rbk_...`)',
        },
      },
      responses: problemResponses(),
      schemas: { ...sharedSchemas(), ...Object.assign({}, ...all.map(entitySchemas)) },
    },
  }
}
