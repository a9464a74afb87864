/** `POST /api/v1/crm/lookup`: records as sync carries them, for copies that do not hold them. */
import { Hono } from 'hono'
import { entities, entityNamed } from '../../shared/features/index'
import { sightOf, type Viewer } from '../../shared/kernel/access'
import type { AnyEntity } from '../../shared/kernel/entity'
import { Refusal } from '../../shared/kernel/refusal'
import {
  type Lookup,
  type LookupAnswer,
  lookupSchema,
  maxLookup,
} from '../../shared/protocol/lookup'
import type { AuthEnv } from '../auth/authenticate'
import { checked, readObject } from '../kernel/body'
import type { RecordQuery, RecordReader, StoredRecord } from '../kernel/ports'
import type { Services } from '../kernel/services'
import { visibleTo } from '../kernel/store/visible'
import type { Somebody } from '../kernel/viewers'
import { createPages } from './pages'
import { createView } from './view'

type Found = { records: StoredRecord[]; more: boolean }

type Scope = { workspaceId: string; viewer: Viewer; reader: RecordReader }

const known = (name: string): AnyEntity => {
  const entity = entityNamed(name)
  if (entity) return entity
  throw new Refusal('record.invalid', {
    errors: [{ path: 'entity', message: `there is no entity ${name}` }],
  })
}

const isReadable = ({ viewer }: Scope, entity: AnyEntity): boolean =>
  sightOf(viewer, 'read', entity) !== undefined

const byNames = async (
  { reader, workspaceId }: Scope,
  names: readonly { entity: string; id: string }[],
): Promise<Found> => {
  const ids = new Map<string, string[]>()
  for (const { entity, id } of names) ids.set(known(entity).name, [...(ids.get(entity) ?? []), id])
  const records: StoredRecord[] = []
  for (const [entity, some] of ids)
    records.push(...(await reader.getMany(workspaceId, entity, some)))
  return { records, more: false }
}

/** The records that a row points at. */
const targetsOf = (entity: AnyEntity, row: StoredRecord['row']) =>
  Object.entries(entity.fields).flatMap(([field, { target }]) => {
    const id = row[field]
    return target !== undefined && typeof id === 'string' ? [{ entity: target, id }] : []
  })

const listed = async (
  { reader, workspaceId }: Scope,
  query: Pick<RecordQuery, 'entity' | 'where' | 'search'>,
): Promise<Found> => {
  const sort = [{ field: 'createdAt', descending: true }]
  const { records, total } = await reader.list(workspaceId, { ...query, sort, limit: maxLookup })
  return { records, more: total > records.length }
}

const together = (parts: readonly Found[]): Found => ({
  records: parts.flatMap(({ records }) => records),
  more: parts.some(({ more }) => more),
})

/** A record, what it points at, and the latest of each kind that point at it. */
const withRelated = async (
  scope: Scope,
  { entity: name, id }: { entity: string; id: string },
): Promise<Found> => {
  const entity = known(name)
  const record = await scope.reader.get(scope.workspaceId, name, id)
  if (!record) return { records: [], more: false }
  const parts: Found[] = [
    { records: [record], more: false },
    await byNames(scope, targetsOf(entity, record.row)),
  ]
  for (const other of Object.values<AnyEntity>(entities)) {
    if (!isReadable(scope, other)) continue
    for (const [field, { target, index }] of Object.entries(other.fields))
      if (target === name && index)
        parts.push(
          await listed(scope, {
            entity: other,
            where: [{ field, operator: 'eq', value: id }],
          }),
        )
  }
  return together(parts)
}

const found = async (scope: Scope, lookup: Extract<Lookup, { by: 'search' }>): Promise<Found> => {
  const wanted =
    lookup.entity === undefined
      ? Object.values<AnyEntity>(entities).filter(({ isInternal }) => !isInternal)
      : [known(lookup.entity)]
  const parts: Found[] = []
  for (const entity of wanted)
    if (isReadable(scope, entity))
      parts.push(await listed(scope, { entity, where: [], search: lookup.text }))
  return together(parts)
}

const answers = (scope: Scope, lookup: Lookup): Promise<Found> => {
  if (lookup.by === 'names') return byNames(scope, lookup.names)
  return lookup.by === 'record' ? withRelated(scope, lookup) : found(scope, lookup)
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

type Deps = Pick<Services, 'db' | 'reader' | 'viewerOf'>

/** Answers lookups on behalf of somebody. */
export const createLookup = ({ db, reader, viewerOf }: Deps) => {
  const pages = createPages(db)
  return async (somebody: Somebody, lookup: Lookup): Promise<LookupAnswer> => {
    const { workspaceId } = somebody
    // First the seq, then the records: they are at least as new as it says.
    const { seq } = pages.head(workspaceId)
    const viewer = viewerOf(somebody)
    const view = createView(viewer)
    const scope = { workspaceId, viewer, reader: visibleTo(reader, viewer) }
    const { records, more } = await answers(scope, lookup)
    return {
      seq,
      access: view.access,
      records: records.map(({ entity, id, seq: at, state }) => ({
        entity,
        id,
        seq: at,
        state: base64(view.shown(entity, state)),
      })),
      more,
    }
  }
}

export const createLookupRoutes = (services: Deps): Hono<AuthEnv> => {
  const lookUp = createLookup(services)
  const routes = new Hono<AuthEnv>()
  routes.post('/lookup', async (c) => {
    const lookup = checked(lookupSchema, await readObject(c))
    return c.json(await lookUp(c.get('principal'), lookup))
  })
  return routes
}
