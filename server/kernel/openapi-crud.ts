/** The routes of an entity in the OpenAPI document. */
import { type AnyEntity, shownFields, systemFields } from '../../shared/kernel/entity'
import type { AnyField } from '../../shared/kernel/field'
import { camelToSnake } from '../../shared/kernel/wire'
import { xlsxType } from '../../shared/portability/xlsx'
import { exampleBody } from './openapi-examples'
import { type Json, json, ok, pathId, problems, ref } from './openapi-parts'
import { schemaName } from './openapi-schemas'
import { exportFormats } from './portability-export'
import { defaultPageSize, maxPageSize } from './query'
import { operatorsOf } from './query-values'

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
  description: 'The same key and request give the same answer for a day; another request a 409.',
}
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  schema: { type: 'string' },
  description: 'An ETag; 412 if the record has changed since.',
}
const etag = { ETag: { schema: { type: 'string' }, description: 'For If-Match' } }

const filter = (name: string, field: AnyField): Json => {
  const operators = operatorsOf[field.kind].filter((operator) => operator !== 'eq')
  const isEnum = field.kind === 'choice'
  return query(
    camelToSnake(name),
    isEnum ? { type: 'string', enum: field.options } : { type: 'string' },
    `${field.label}; also ${operators.map((operator) => `${camelToSnake(name)}[${operator}]`).join(', ')}`,
  )
}

const filters = (entity: AnyEntity): Json[] => [
  query('search', { type: 'string' }, 'Every word, by prefix'),
  query(
    'sort',
    { type: 'string', default: camelToSnake(entity.list.sort) },
    'Fields separated by commas, `-` first for descending',
  ),
  query('deleted', { type: 'boolean', default: false }, 'Deleted records instead of live ones'),
  ...shownFields(entity).map(([name, field]) => filter(name, field)),
  ...Object.entries<AnyField>(systemFields).map(([name, field]) => filter(name, field)),
  filter('updatedAt', { kind: 'instant', label: 'Updated' }),
  filter('id', { kind: 'text', label: 'Id' }),
]

const paging: Json[] = [
  query('page', { type: 'integer', minimum: 1, default: 1 }, 'Page number'),
  query(
    'page_size',
    { type: 'integer', minimum: 1, maximum: maxPageSize, default: defaultPageSize },
    'Records a page',
  ),
  query('cursor', { type: 'string' }, '`next_cursor` of the page before, for deep reads'),
]

type Names = { entity: AnyEntity; name: string; many: string; one: string; tags: string[] }

const record = (description: string, { name }: Names): Json => ({
  ...ok(description, ref(name)),
  headers: etag,
})

const created = (names: Names): Json => ({
  ...record('Created', names),
  headers: { ...etag, Location: { schema: { type: 'string' } } },
})

const list = ({ entity, name, many, tags }: Names): Json => ({
  tags,
  operationId: `list_${entity.plural}`,
  summary: `List ${many}`,
  parameters: [...paging, ...filters(entity)],
  responses: { 200: ok('A page', ref(`${name}Page`)), ...problems(401, 403, 422) },
})

const create = (names: Names): Json => ({
  tags: names.tags,
  operationId: `create_${names.entity.name}`,
  summary: `Create a ${names.one}`,
  parameters: [idempotencyKey],
  requestBody: {
    required: true,
    content: json(ref(`${names.name}Draft`), exampleBody(names.entity)),
  },
  responses: { 201: created(names), ...problems(400, 401, 403, 409, 413, 422) },
})

const read = (names: Names): Json => ({
  tags: names.tags,
  operationId: `get_${names.entity.name}`,
  summary: `Get a ${names.one}`,
  responses: { 200: record('The record', names), ...problems(401, 403, 404) },
})

const update = (names: Names, verb: 'put' | 'patch'): Json => ({
  tags: names.tags,
  operationId: `${verb}_${names.entity.name}`,
  summary: `Update the given fields of a ${names.one}`,
  parameters: [ifMatch],
  requestBody: { required: true, content: json(ref(`${names.name}Patch`)) },
  responses: { 200: record('Updated', names), ...problems(400, 401, 403, 404, 412, 413, 422) },
})

const remove = ({ entity, one, tags }: Names): Json => ({
  tags,
  operationId: `delete_${entity.name}`,
  summary: `Delete a ${one}; it can be restored`,
  parameters: [ifMatch],
  responses: { 204: { description: 'Deleted' }, ...problems(401, 403, 404, 412) },
})

const restore = (names: Names): Json => ({
  tags: names.tags,
  operationId: `restore_${names.entity.name}`,
  summary: `Restore a deleted ${names.one}`,
  parameters: [ifMatch, idempotencyKey],
  responses: { 200: record('Restored', names), ...problems(401, 403, 404, 409, 412) },
})

const history = ({ entity, one, tags }: Names): Json => ({
  tags,
  operationId: `history_of_${entity.name}`,
  summary: `What was changed in a ${one}, newest first`,
  parameters: [
    query('cursor', { type: 'integer' }, '`next_cursor` of the page before'),
    query(
      'page_size',
      { type: 'integer', minimum: 1, maximum: maxPageSize, default: defaultPageSize },
      'Changes a page',
    ),
  ],
  responses: { 200: ok('A page of changes', ref('History')), ...problems(401, 403, 404, 422) },
})

const bulk = ({ entity, many, tags }: Names): Json => ({
  tags,
  operationId: `bulk_${entity.plural}`,
  summary: `Change many ${many} at once`,
  parameters: [idempotencyKey],
  requestBody: { required: true, content: json(ref('Bulk')) },
  responses: {
    200: ok('An outcome for each', ref('BulkResult')),
    ...problems(400, 401, 403, 409, 413, 422),
  },
})

const csv = { 'text/csv': { schema: { type: 'string' } } }
const file = { schema: { type: 'string', format: 'binary' } }
const workbook = { [xlsxType]: file }

const importAll = ({ entity, name, many, tags }: Names): Json => ({
  tags,
  operationId: `import_${entity.plural}`,
  summary: `Import ${many} from CSV, Excel, vCard or JSON`,
  description:
    'Encoding and delimiter of a text file are detected. Columns are named like fields or like their labels. Tags in a cell are separated by semicolons; lists and properties are JSON. With `mapping=auto`, and for vCards, the headings of Google Contacts, Outlook and everyday words find their fields, accounts are found or created by name, and what has no field is kept as a property. Lines that cannot be created are reported and the others are created.',
  parameters: [
    idempotencyKey,
    query('mapping', { type: 'string', enum: ['strict', 'auto'], default: 'strict' }, 'Columns'),
  ],
  requestBody: {
    required: true,
    content: {
      ...csv,
      ...workbook,
      'text/vcard': file,
      ...json({
        type: 'object',
        properties: { items: { type: 'array', items: ref(`${name}Draft`) } },
      }),
      'multipart/form-data': {
        schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
      },
    },
  },
  responses: {
    200: ok('What was created and what failed, by line', ref('ImportResult')),
    ...problems(400, 401, 403, 409, 413, 422),
  },
})

const exportAll = ({ entity, name, many, tags }: Names): Json => ({
  tags,
  operationId: `export_${entity.plural}`,
  summary: `Export ${many}`,
  description:
    'All records that the filters find. In CSV, a cell that begins with =, +, -, @, tab or return gets a leading apostrophe, unless it is a plain number or an E.164 phone number; the import takes the apostrophe away again.',
  parameters: [
    query('format', { type: 'string', enum: [...exportFormats], default: 'csv' }, 'File format'),
    ...filters(entity),
  ],
  responses: {
    200: {
      description: 'The file',
      content: {
        ...csv,
        ...workbook,
        ...json({ type: 'object', properties: { items: { type: 'array', items: ref(name) } } }),
      },
    },
    ...problems(401, 403, 422),
  },
})

/** Every path of an entity; of one that only the server writes, those that read. */
export const entityPaths = (entity: AnyEntity): { [path: string]: Json } => {
  const base = `/api/v1/crm/${entity.plural}`
  const names: Names = {
    entity,
    name: schemaName(entity),
    many: entity.labelPlural.toLowerCase(),
    one: entity.label.toLowerCase(),
    tags: [entity.labelPlural],
  }
  const writes = entity.kind !== 'server'
  return {
    [base]: { get: list(names), ...(writes ? { post: create(names) } : {}) },
    [`${base}/export`]: { get: exportAll(names) },
    ...(writes
      ? {
          [`${base}/import`]: { post: importAll(names) },
          [`${base}/bulk`]: { post: bulk(names) },
          [`${base}/{id}/restore`]: { parameters: [pathId], post: restore(names) },
        }
      : {}),
    [`${base}/{id}/history`]: { parameters: [pathId], get: history(names) },
    [`${base}/{id}`]: {
      parameters: [pathId],
      get: read(names),
      ...(writes
        ? { put: update(names, 'put'), patch: update(names, 'patch'), delete: remove(names) }
        : {}),
    },
  }
}
