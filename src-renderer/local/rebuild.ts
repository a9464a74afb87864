/** After an update of the program that declares entities otherwise, rows are derived anew. */
import { entityNames } from '../../shared/features'
import { type Database, readMeta, registryFingerprint } from './database'
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
  const { entityTables, outbox, meta: metaTable, dexie } = database
  let last = ''
  for (;;) {
    const ids = await database.rows(entity).where('id').above(last).limit(chunkSize).primaryKeys()
    if (ids.length === 0) return
    await dexie.transaction('rw', [...entityTables, outbox, metaTable], async () => {
      const meta = await readMeta(database)
      await rederive(
        database,
        meta,
        ids.map((id) => ({ entity, id })),
      )
      await metaTable.put(meta)
    })
    last = ids.at(-1) ?? last
  }
}
