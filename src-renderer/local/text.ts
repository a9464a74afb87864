/** Rich text for editors. */
import { recordState } from '../../shared/crdt/record-doc'
import type { Database } from './database'
import { openDocument } from './record'

/** The record's document as one update, with everything in it that still waits here. */
export const openText = async (
  database: Database,
  entity: string,
  id: string,
): Promise<Uint8Array> => {
  const row = await database.rows(entity).get(id)
  const edits = await database.outbox.where('[entity+id]').equals([entity, id]).toArray()
  return recordState(openDocument({ state: row?.$state, edits }).doc)
}
