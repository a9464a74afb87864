/** The schemas of the OpenAPI document: those of the register in wire names, and what all routes share. */
import { type AnyEntity, shownFields, systemFields } from '../../shared/kernel/entity'
import { type AnyField, type FieldKind, isReadOnly } from '../../shared/kernel/field'
import { refusals } from '../../shared/kernel/refusal'
import { valueSchema } from '../../shared/kernel/schema'
import { camelToSnake } from '../../shared/kernel/wire'
import { lookupAnswerSchema, lookupSchema } from '../../shared/protocol/lookup'
import { refusedEditsSchema } from '../../shared/protocol/refused-edits'
import { authAnswers } from '../auth/wire'
import { bulkSchema } from './bulk'
import { type Json, jsonSchema, ref } from './openapi-parts'

/** The name of an entity's schemas. */
export const schemaName = (entity: AnyEntity): string => entity.label.replaceAll(' ', '')

/** Kinds whose wire form differs from what is stored. */
const wireSchemas: Partial<Record<FieldKind, (field: AnyField) => Json>> = {
  money: () => ({
    type: ['number', 'null'],
    description: 'Decimal number in major units of the currency',
  }),
  tags: () => ({
    type: 'array',
    items: { type: 'string' },
    description: 'Names of tags (or their ids); names that do not exist yet are created',
  }),
  list: (field) => ({
    type: 'array',
    maxItems: field.maxItems ?? 50,
    items: { type: 'object', properties: properties(field.item ?? {}) },
  }),
}

const descriptions: Partial<Record<FieldKind, string>> = {
  phone: 'Kept in E.164 where the number can be understood',
  instant: 'RFC 3339; answered in UTC',
  richText: 'Plain text, one line a paragraph',
  ref: 'Id of a record',
}

const description = (field: AnyField): Json => {
  const words =
    field.kind === 'ref' ? `Id of a record of ${field.target}` : descriptions[field.kind]
  return words === undefined ? {} : { description: words }
}

/** The JSON Schema of a field's value on the wire. */
const fieldJson = (field: AnyField): Json => ({
  title: field.label,
  ...description(field),
  ...(wireSchemas[field.kind]?.(field) ?? jsonSchema(valueSchema(field))),
  ...(field.default === undefined ? {} : { default: field.default }),
  ...(isReadOnly(field) ? { readOnly: true } : {}),
})

const properties = (fields: Record<string, AnyField>): Json =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [camelToSnake(name), fieldJson(field)]),
  )

const uuid = { type: 'string', format: 'uuid' }

const draftSchema = (entity: AnyEntity): Json => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    id: { ...uuid, description: 'Made by the client (UUIDv7) or, left out, by the server' },
    ...properties(entity.fields),
  },
  required: shownFields(entity)
    .filter(([, field]) => field.required)
    .map(([name]) => camelToSnake(name)),
})

const rowSchema = (entity: AnyEntity): Json => ({
  type: 'object',
  properties: {
    id: uuid,
    name: { type: 'string', readOnly: true, description: 'What the record is called' },
    ...properties(entity.fields),
    ...Object.fromEntries(
      Object.entries(properties(systemFields)).map(([name, schema]) => [
        name,
        { ...Object(schema), readOnly: true },
      ]),
    ),
    updated_at: { type: ['string', 'null'], format: 'date-time', readOnly: true },
  },
  required: ['id'],
})

const pageSchema = (entity: AnyEntity): Json => ({
  type: 'object',
  properties: {
    items: { type: 'array', items: ref(schemaName(entity)) },
    page: { type: 'integer' },
    page_size: { type: 'integer' },
    total: { type: 'integer' },
    next_cursor: { type: ['string', 'null'] },
  },
  required: ['items', 'page', 'page_size', 'total', 'next_cursor'],
})

/** The schemas of one entity: record, draft, patch, page. */
export const entitySchemas = (entity: AnyEntity): Json => {
  const name = schemaName(entity)
  const reading = { [name]: rowSchema(entity), [`${name}Page`]: pageSchema(entity) }
  if (entity.kind === 'server') return reading
  const { required: _required, ...patch } = draftSchema(entity)
  return { ...reading, [`${name}Draft`]: draftSchema(entity), [`${name}Patch`]: patch }
}

const array = (items: Json): Json => ({ type: 'array', items })
const object = (fields: Json, required = Object.keys(fields)): Json => ({
  type: 'object',
  properties: fields,
  required,
})
const fieldErrors = array(object({ path: { type: 'string' }, message: { type: 'string' } }))
const text = { type: 'string' }
const count = { type: 'integer' }

/** Schemas that no entity owns. */
export const sharedSchemas = (): Json => ({
  Problem: object({
    type: { type: 'string', format: 'uri' },
    title: text,
    status: count,
    detail: text,
    code: { type: 'string', enum: Object.keys(refusals) },
    errors: fieldErrors,
  }),
  Status: jsonSchema(authAnswers.status),
  Tokens: jsonSchema(authAnswers.tokens),
  Me: jsonSchema(authAnswers.me),
  Devices: jsonSchema(authAnswers.devices),
  ApiKeys: jsonSchema(authAnswers.apiKeys),
  ApiKey: jsonSchema(authAnswers.apiKey),
  Bulk: jsonSchema(bulkSchema),
  Lookup: jsonSchema(lookupSchema),
  LookupAnswer: jsonSchema(lookupAnswerSchema),
  RefusedEdits: jsonSchema(refusedEditsSchema),
  History: object({
    items: array(
      object({
        id: count,
        at: { type: 'string', format: 'date-time' },
        user_id: { type: ['string', 'null'], description: 'Null: the server itself' },
        via: { type: 'string', enum: ['sync', 'collab', 'rest', 'import', 'system'] },
        action: { type: 'string', examples: ['created', 'updated', 'deleted', 'restored'] },
        before: { type: 'object', description: 'Changed fields as they were' },
        after: { type: 'object', description: 'Changed fields as they became' },
      }),
    ),
    next_cursor: { type: ['integer', 'null'] },
  }),
  BulkResult: object({
    succeeded: count,
    failed: count,
    results: array(
      object(
        {
          id: uuid,
          ok: { type: 'boolean' },
          status: count,
          code: text,
          detail: text,
          errors: fieldErrors,
        },
        ['id', 'ok'],
      ),
    ),
  }),
  ImportResult: object({
    created: count,
    failed: array(object({ line: count, errors: fieldErrors })),
    ids: array(uuid),
  }),
})
