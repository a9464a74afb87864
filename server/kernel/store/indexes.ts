/** Expression indexes on the fields that the registry marks, made and dropped at start. */

import { entities } from '../../../shared/features/index'
import { type AnyEntity, systemFields } from '../../../shared/kernel/entity'
import type { Db } from '../../db/open'

const prefix = 'row_'

const indexed = (entity: AnyEntity): string[] =>
  Object.entries({ ...entity.fields, ...systemFields })
    .filter(([, field]) => field.index)
    .map(([name]) => name)

const present = (db: Db): string[] =>
  db.$client
    .prepare(`select name from sqlite_master where type = 'index' and name like '${prefix}%'`)
    .pluck()
    .all()
    .map(String)

/** Drops the indexes on fields of rows. */
export const dropIndexes = (db: Db): void => {
  for (const name of present(db)) db.$client.exec(`drop index "${name}"`)
}

/** Brings the indexes in step with the registry. */
export const syncIndexes = (db: Db): void => {
  const client = db.$client
  const wanted = new Map<string, string>()
  for (const entity of Object.values<AnyEntity>(entities))
    for (const field of indexed(entity))
      wanted.set(
        `${prefix}${entity.name}_${field}`,
        `on "record" ("workspace_id", json_extract("row", '$.${field}') collate nocase) where "entity" = '${entity.name}' and "deleted" = 0`,
      )
  // By seq as well: a copy of what somebody owns is read in that order.
  wanted.set(
    `${prefix}by_owner`,
    `on "record" ("workspace_id", json_extract("row", '$.ownerId'), "seq") where "deleted" = 0`,
  )
  for (const name of present(db)) if (!wanted.has(name)) client.exec(`drop index "${name}"`)
  for (const [name, definition] of wanted)
    client.exec(`create index if not exists "${name}" ${definition}`)
}
