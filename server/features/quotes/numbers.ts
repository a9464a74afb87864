/**
 * Numbers quotes: one after the other per year, without gaps among those that were made. Laptops
 * make quotes offline, so the server gives the number once it has the quote.
 */
import { and, eq, max, sql } from 'drizzle-orm'
import { systemActor } from '../../auth/logins'
import type { Db } from '../../db/open'
import { record } from '../../db/schema'
import type { Commit, RecordReader } from '../../kernel/ports'
import { createJournalWorker, type JournalWorker } from '../../kernel/store/journal-worker'

type Deps = {
  db: Db
  reader: RecordReader
  commit: Commit
  /** Unix milliseconds. */
  now: () => number
  onError: (error: unknown) => void
}

/** `Q-2026-0042`; more than 9,999 a year get a digit more. */
const numberOf = (year: number, count: number): string =>
  `Q-${year}-${String(count).padStart(4, '0')}`

const number = sql<string | null>`json_extract(${record.row}, '$.number')`

export const createQuoteNumbers = (deps: Deps): JournalWorker => {
  /** The last number given in a year; also those of deleted quotes are never given again. */
  const lastOf = (workspaceId: string, year: number): number => {
    const prefix = `Q-${year}-`
    const found = deps.db
      .select({ last: max(sql<number>`cast(substr(${number}, ${prefix.length + 1}) as integer)`) })
      .from(record)
      .where(
        and(
          eq(record.workspaceId, workspaceId),
          eq(record.entity, 'quote'),
          sql`${number} like ${`${prefix}%`}`,
        ),
      )
      .get()
    return Number(found?.last ?? 0)
  }

  return createJournalWorker({
    db: deps.db,
    name: 'quote-numbers',
    entities: ['quote'],
    onError: deps.onError,
    work: async (workspaceId, entries) => {
      const ids = [...new Set(entries.map(({ recordId }) => recordId))]
      const quotes = await deps.reader.getMany(workspaceId, 'quote', ids)
      const without = quotes
        .filter(({ row }) => !row.number && row.deletedAt === null)
        .sort((a, b) => a.seq - b.seq)
      if (without.length === 0) return
      const year = new Date(deps.now()).getUTCFullYear()
      const last = lastOf(workspaceId, year)
      await deps.commit(
        systemActor(workspaceId, ''),
        without.map(({ id }, index) => ({
          entity: 'quote',
          id,
          mustExist: true,
          s: { number: numberOf(year, last + 1 + index) },
        })),
      )
    },
  })
}
