/** After an update of the program that declares entities otherwise, rows are derived anew. */
import { entityNames } from '../../shared/features'
import { type Database, readMeta, registryFingerprint } from './database'
import { beginning } from './rows/rows'
import { pullAgain, rederive } from './sync/rederive'

const chunkSize = 500

/** Derives every row again if the declarations changed; new entities are pulled from the start. */
export const rebuildIfNeeded = async (database: Database): Promise<void> => {
  const before = await readMeta(database)
  const registry = registryFingerprint()
  if (before.registry === registry) return
  for (const entity of entityNames) await rebuildTable(database, entity)
  await database.dexie.transaction('rw', database.meta, async () => {
    const meta = await readMeta(database)
    if (entityNames.some((name) => !meta.entities.includes(name))) pullAgain(meta)
    await database.meta.put({ ...meta, registry, entities: entityNames })
  })
}

const rebuildTable = async (database: Database, entity: string): Promise<void> => {
  const { rowTables, outbox, meta: metaTable, dexie } = database
  const stored = database.rows(entity)
  // What is derived anew may be met again where it lies now.
  const seen = new Set<string>()
  for (let next = await stored.after(beginning, chunkSize); next; ) {
    const names = next.rows.flatMap(({ id }) => (seen.has(id) ? [] : [{ entity, id }]))
    for (const { id } of names) seen.add(id)
    await dexie.transaction('rw', [...rowTables, outbox, metaTable], async () => {
      const meta = await readMeta(database)
      await rederive(database, meta, names)
      await metaTable.put(meta)
    })
    next = await stored.after(next.place, chunkSize)
  }
}
