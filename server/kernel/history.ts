/** `GET /{entities}/{id}/history`: what was changed in a record, by whom, newest first. From the journal. */
import { and, desc, eq, lt } from 'drizzle-orm'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { camelToSnake, valuesToWire } from '../../shared/kernel/wire'
import type { AuthEnv } from '../auth/authenticate'
import type { Db } from '../db/open'
import { journal } from '../db/schema'
import { checked } from './body'
import { type CrudDeps, createRequestTools, pathEntity } from './crud'
import { maxPageSize } from './query'
import { tagNamesOf } from './tag-names'

type Values = { [field: string]: unknown }

const defaultHistoryPage = 50

const historyQuery = z.strictObject({
  cursor: z.coerce.number().int().positive().optional(),
  page_size: z.coerce.number().int().min(1).max(maxPageSize).default(defaultHistoryPage),
})

const actionOf = (entity: AnyEntity, events: readonly string[]): string => {
  const own = events.find((event) => event.startsWith(`${camelToSnake(entity.name)}.`))
  return own?.split('.')[1] ?? 'updated'
}

/** The fields by which amounts of the record know their currency. */
const currencies = (entity: AnyEntity, row: AnyRow): Values =>
  Object.fromEntries(
    Object.values(entity.fields).flatMap(({ currencyField }) =>
      currencyField ? [[currencyField, row[currencyField]]] : [],
    ),
  )

type Entry = typeof journal.$inferSelect

const entryToWire = (
  entry: Entry,
  { entity, row, toWire }: { entity: AnyEntity; row: AnyRow; toWire: (values: Values) => Values },
) => {
  const names = Object.keys(entry.changes).filter((name) => name in entity.fields)
  const side = (at: 0 | 1): Values => {
    const values = Object.fromEntries(names.map((name) => [name, entry.changes[name]?.[at]]))
    const wire = toWire({ ...currencies(entity, row), ...values })
    return Object.fromEntries(
      names.map((name) => [camelToSnake(name), wire[camelToSnake(name)] ?? null]),
    )
  }
  return {
    id: entry.id,
    at: entry.at,
    user_id: entry.userId === '' ? null : entry.userId,
    via: entry.via,
    action: actionOf(entity, entry.events),
    before: side(0),
    after: side(1),
  }
}

const tagsIn = (entity: AnyEntity, entries: readonly Entry[]): string[] => {
  const fields = Object.keys(entity.fields).filter((name) => entity.fields[name]?.kind === 'tags')
  const values = entries.flatMap(({ changes }) => fields.flatMap((name) => changes[name] ?? []))
  return [...new Set(values.flatMap((value) => (Array.isArray(value) ? value.map(String) : [])))]
}

const answer = async (deps: CrudDeps & { db: Db }, c: Context<AuthEnv>) => {
  const entity = pathEntity(c, 'read')
  const tools = createRequestTools(deps, c)
  const { row, id } = await tools.visible(entity, c.req.param('id') ?? '', true)
  const { cursor, page_size: limit } = checked(historyQuery, c.req.query())
  const entries = deps.db
    .select()
    .from(journal)
    .where(
      and(
        eq(journal.workspaceId, tools.workspaceId),
        eq(journal.entity, entity.name),
        eq(journal.recordId, id),
        ...(cursor === undefined ? [] : [lt(journal.id, cursor)]),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(limit + 1)
    .all()
  const shown = entries.slice(0, limit)
  const names = await tagNamesOf(
    { reader: tools.reader, workspaceId: tools.workspaceId },
    tagsIn(entity, shown),
  )
  const toWire = (values: Values) =>
    valuesToWire(entity, values, { currency: tools.currency, tagName: (name) => names.get(name) })
  return c.json({
    items: shown.map((entry) => entryToWire(entry, { entity, row, toWire })),
    next_cursor: entries.length > limit ? (entries[limit - 1]?.id ?? null) : null,
  })
}

/** To be mounted at `/api/v1/crm` behind authentication. */
export const createHistoryRoutes = (deps: CrudDeps & { db: Db }): Hono<AuthEnv> =>
  new Hono<AuthEnv>().get('/:plural/:id/history', (c) => answer(deps, c))
