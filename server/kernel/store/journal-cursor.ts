/** How far a consumer of the journal has read, kept in the database so that it goes on after a restart. */
import { and, eq, gt, inArray, lte, max, sql } from 'drizzle-orm'
import type { Db } from '../../db/open'
import { consumer, journal } from '../../db/schema'

/** What consumers look at of one edit. */
export type JournalEntry = {
  id: number
  workspaceId: string
  entity: string
  recordId: string
  via: string
  /** Field to [before, after]. */
  changes: Record<string, [unknown, unknown]>
}

/** What an entry is about, without what it says. */
export type EntryName = Pick<JournalEntry, 'id' | 'workspaceId' | 'entity' | 'recordId'>

/** A cursor by name. `start` says where one begins that has never read: before everything, or behind it. */
export const createJournalCursor = (
  db: Db,
  { name, start }: { name: string; start: 'first' | 'last' },
) => {
  const stored = db.select().from(consumer).where(eq(consumer.name, name)).get()
  const newest = (): number =>
    db
      .select({ id: max(journal.id) })
      .from(journal)
      .get()?.id ?? 0
  const names = db.$client.prepare<[after: number, limit: number], EntryName>(
    `select id, workspace_id as workspaceId, entity, record_id as recordId from journal
     where id > ? order by id limit ?`,
  )
  const state = { position: stored?.position ?? (start === 'last' ? newest() : 0) }
  return {
    /** Whether it has never come anywhere. */
    isNew: stored === undefined,
    /** The next entries of these entities, up to one of them. */
    read: (
      entities: readonly string[],
      { limit, upTo }: { limit: number; upTo: number },
    ): JournalEntry[] =>
      db
        .select({
          id: journal.id,
          workspaceId: journal.workspaceId,
          entity: journal.entity,
          recordId: journal.recordId,
          via: journal.via,
          changes: journal.changes,
        })
        .from(journal)
        .where(
          and(
            gt(journal.id, state.position),
            lte(journal.id, upTo),
            inArray(journal.entity, [...entities]),
          ),
        )
        .orderBy(journal.id)
        .limit(limit)
        .all(),
    /** Which records the next entries are about. */
    names: (limit: number): EntryName[] => names.all(state.position, limit),
    position: () => state.position,
    /** The last entry there is. */
    newest,
    /** Everything up to that entry is dealt with. */
    advance: (position: number = state.position): void => {
      db.insert(consumer)
        .values({ name, position })
        .onConflictDoUpdate({ target: consumer.name, set: { position: sql`excluded.position` } })
        .run()
      state.position = position
    },
  }
}
