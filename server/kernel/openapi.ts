/** The OpenAPI 3.1 document, generated from the register and from the schemas that validate. */
import { entities } from '../../shared/features/index'
import { type AnyEntity, shownFields, systemFields } from '../../shared/kernel/entity'
import type { AnyField, FieldKind } from '../../shared/kernel/field'
import { valueSchema } from '../../shared/kernel/schema'
import { camelToSnake } from '../../shared/kernel/wire'
import { bulkSchema } from './bulk'
import { authPaths } from './openapi-auth'
import { type Json, json, jsonSchema, ok, pathId, problems, ref } from './openapi-parts'
import { filterOperators } from './ports'
import { defaultPageSize, maxPageSize } from './query'

const pascal = (entity: AnyEntity): string => entity.label.replaceAll(' ', '')

/** Kinds whose wire form differs from what is stored. */
const wireSchemas: Partial<Record<FieldKind, (field: AnyField) => Json>> = {
  money: () => ({ type: ['number', 'null'], description: 'Decimal major units of the currency' }),
  tags: () => ({ type: 'array', items: { type: 'string' }, description: 'Names of tags' }),
  list: (field) => ({
    type: 'array',
    items: { type: 'object', properties: properties(field.item ?? {}) },
  }),
}

const fieldJson = (field: AnyField): Json => ({
  title: field.label,
  ...(wireSchemas[field.kind]?.(field) ?? jsonSchema(valueSchema(field))),
  ...(field.default === undefined ? {} : { default: field.default }),
  ...(field.serverOnly ? { readOnly: true } : {}),
})

const properties = (fields: Record<string, AnyField>): Json =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [camelToSnake(name), fieldJson(field)]),
  )

const draftSchema = (entity: AnyEntity): Json => ({
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, ...properties(entity.fields) },
  required: shownFields(entity)
    .filter(([, field]) => field.required)
    .map(([name]) => camelToSnake(name)),
})

const rowSchema = (entity: AnyEntity): Json => ({
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string', readOnly: true },
    ...properties(entity.fields),
    ...properties(systemFields),
    updated_at: { type: ['string', 'null'], format: 'date-time' },
  },
})

const query = (name: string, schema: Json, description: string): Json => ({
  name,
  in: 'query',
  schema,
  description,
})
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'The same key and body give the same answer for a day.',
}
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  schema: { type: 'string' },
  description: 'An ETag; 412 if the record has changed since.',
}

const listParameters = (entity: AnyEntity): Json[] => [
  query('page', { type: 'integer', minimum: 1, default: 1 }, 'Page number'),
  query(
    'page_size',
    { type: 'integer', minimum: 1, maximum: maxPageSize, default: defaultPageSize },
    'Records a page',
  ),
  query('cursor', { type: 'string' }, '`next_cursor` of the page before, for deep reads'),
  query('search', { type: 'string' }, 'Every word, by prefix'),
  query('sort', { type: 'string', default: entity.list.sort }, 'Fields, `-` first for descending'),
  query('deleted', { type: 'boolean' }, 'Deleted records instead of live ones'),
  ...shownFields(entity)
    .filter(([, { kind }]) => kind !== 'list' && kind !== 'map')
    .map(([name, field]) =>
      query(
        camelToSnake(name),
        { type: 'string' },
        `${field.label}; also [${filterOperators.join('|')}]`,
      ),
    ),
]

const collectionPath = (entity: AnyEntity): Json => {
  const tags = [entity.labelPlural]
  const name = pascal(entity)
  return {
    get: {
      tags,
      summary: `List ${entity.labelPlural.toLowerCase()}`,
      parameters: listParameters(entity),
      responses: { 200: ok('A page', pageSchema(name)), ...problems('401', '403', '422') },
    },
    post: {
      tags,
      summary: `Create a ${entity.label.toLowerCase()}`,
      parameters: [idempotencyKey],
      requestBody: { required: true, content: json(ref(`${name}Draft`)) },
      responses: { 201: ok('Created', ref(name)), ...problems('401', '403', '409', '413', '422') },
    },
  }
}

const pageSchema = (name: string): Json => ({
  type: 'object',
  properties: {
    items: { type: 'array', items: ref(name) },
    page: { type: 'integer' },
    page_size: { type: 'integer' },
    total: { type: 'integer' },
    next_cursor: { type: ['string', 'null'] },
  },
})

const recordPath = (entity: AnyEntity): Json => {
  const tags = [entity.labelPlural]
  const name = pascal(entity)
  const label = entity.label.toLowerCase()
  const update = {
    tags,
    summary: `Update the given fields of a ${label}`,
    parameters: [ifMatch],
    requestBody: { required: true, content: json({ ...draftSchema(entity), required: [] }) },
    responses: { 200: ok('Updated', ref(name)), ...problems('401', '403', '404', '412', '422') },
  }
  return {
    parameters: [pathId],
    get: {
      tags,
      summary: `Get a ${label}`,
      responses: { 200: ok('The record', ref(name)), ...problems('401', '403', '404') },
    },
    put: update,
    patch: update,
    delete: {
      tags,
      summary: `Delete a ${label}; it can be restored`,
      parameters: [ifMatch],
      responses: { 204: { description: 'Deleted' }, ...problems('401', '403', '404', '412') },
    },
  }
}

const furtherPaths = (entity: AnyEntity, base: string): Json => {
  const tags = [entity.labelPlural]
  const plural = entity.labelPlural.toLowerCase()
  const csv = { 'text/csv': { schema: { type: 'string' } } }
  return {
    [`${base}/{id}/restore`]: {
      parameters: [pathId],
      post: {
        tags,
        summary: `Restore a deleted ${entity.label.toLowerCase()}`,
        parameters: [idempotencyKey],
        responses: { 200: ok('Restored', ref(pascal(entity))), ...problems('401', '403', '404') },
      },
    },
    [`${base}/bulk`]: {
      post: {
        tags,
        summary: `Change many ${plural} at once`,
        parameters: [idempotencyKey],
        requestBody: { required: true, content: json(ref('Bulk')) },
        responses: {
          200: ok('An outcome for each', ref('BulkResult')),
          ...problems('401', '403', '422'),
        },
      },
    },
    [`${base}/import`]: {
      post: {
        tags,
        summary: `Import ${plural} from CSV or JSON`,
        parameters: [idempotencyKey],
        requestBody: {
          required: true,
          content: {
            ...csv,
            ...json({
              type: 'object',
              properties: { items: { type: 'array', items: ref(`${pascal(entity)}Draft`) } },
            }),
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
        responses: {
          200: ok('What was created and what failed, by line', ref('ImportResult')),
          ...problems('400', '401', '403', '413'),
        },
      },
    },
    [`${base}/export`]: {
      get: {
        tags,
        summary: `Export ${plural}`,
        parameters: [
          query('format', { enum: ['csv', 'json'], default: 'csv' }, 'File format'),
          ...listParameters(entity),
        ],
        responses: {
          200: { description: 'The file', content: { ...csv, ...json({ type: 'object' }) } },
          ...problems('401', '403', '422'),
        },
      },
    },
  }
}

const entityPaths = (entity: AnyEntity): Json => {
  const base = `/api/v1/crm/${entity.plural}`
  return {
    [base]: collectionPath(entity),
    [`${base}/{id}`]: recordPath(entity),
    ...furtherPaths(entity, base),
  }
}

const array = (items: Json): Json => ({ type: 'array', items })
const object = (fields: Json): Json => ({ type: 'object', properties: fields })
const fieldErrors = array(object({ path: { type: 'string' }, message: { type: 'string' } }))

const sharedSchemas = (): Json => ({
  Problem: object({
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: fieldErrors,
  }),
  Tokens: object({
    access_token: { type: 'string' },
    refresh_token: { type: 'string' },
    expires_in: { type: 'integer', description: 'Seconds' },
    user: { type: 'object' },
    workspace: { type: 'object' },
  }),
  Bulk: jsonSchema(bulkSchema),
  BulkResult: object({
    succeeded: { type: 'integer' },
    failed: { type: 'integer' },
    results: array({ type: 'object' }),
  }),
  ImportResult: object({
    created: { type: 'integer' },
    failed: array(object({ line: { type: 'integer' }, errors: fieldErrors })),
    ids: array({ type: 'string' }),
  }),
})

/** The document for all entities of the register. */
export const createOpenApi = (version: string): Json => {
  const all = Object.values<AnyEntity>(entities)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Roadbook',
      version,
      description: 'Contacts, accounts, leads and activities of a Roadbook workspace.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths: { ...authPaths(), ...Object.assign({}, ...all.map(entityPaths)) },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key' },
      },
      responses: {
        Problem: {
          description: 'A problem (RFC 9457)',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
      schemas: {
        ...sharedSchemas(),
        ...Object.fromEntries(
          all.flatMap((entity) => [
            [pascal(entity), rowSchema(entity)],
            [`${pascal(entity)}Draft`, draftSchema(entity)],
          ]),
        ),
      },
    },
  }
}
