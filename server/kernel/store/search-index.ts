/** The full-text index: a consumer of the journal, brought up to date in the background and before a search. */
import { entityNamed } from '../../../shared/features/index'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import type { Db } from '../../db/open'
import { createJournalCursor } from './journal-cursor'
import type { RecordTable } from './records'

/** Entries of one turn, some tens of milliseconds. */
const batch = 250
const soonMs = 200
/** Between two turns of a work that is not done. */
const restMs = 50
/** Entries that a search waits for; of a great import it finds what has come so far. */
const mostWaitedFor = 2_500

const wordsOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsOf).join(' ')
  return typeof value === 'object' && value !== null
    ? Object.values(value).map(wordsOf).join(' ')
    : ''
}

/** A phone number is found by its whole and by its national digits. */
const digitsOf = (value: unknown): string => {
  const digits = wordsOf(value).replace(/\D/g, '')
  return digits.length < 5
    ? ''
    : `${digits} ${digits.slice(2)} ${digits.slice(3)} ${digits.slice(-7)}`
}

/** Everything a record is found by. */
export const searchText = (entity: AnyEntity, row: AnyRow): string =>
  Object.entries(entity.fields)
    .filter(([, field]) => field.search)
    .map(([field, { kind }]) =>
      kind === 'phone' ? `${wordsOf(row[field])} ${digitsOf(row[field])}` : wordsOf(row[field]),
    )
    .join(' ')
    .normalize('NFKC')

/** Keeps the index; `settle` brings it up to date at once, `wake` soon. */
export const createSearchIndex = (deps: { db: Db; records: RecordTable }) => {
  const state = { timer: undefined as NodeJS.Timeout | undefined }
  const cursor = createJournalCursor(deps.db, { name: 'search', start: 'first' })
  const put = deps.db.$client.prepare(
    'insert or replace into record_words (rowid, words) select key, ? from record where workspace_id = ? and entity = ? and id = ?',
  )

  const indexRecord = (workspaceId: string, entityName: string, id: string) => {
    const entity = entityNamed(entityName)
    const stored = deps.records.get(workspaceId, entityName, id)
    if (entity && stored) put.run(searchText(entity, stored.row), workspaceId, entityName, id)
  }

  const step = (): boolean => {
    const entries = cursor.names(batch)
    const last = entries.at(-1)
    if (!last) return false
    deps.db.$client.transaction(() => {
      const seen = new Set<string>()
      for (const entry of entries) {
        const key = `${entry.workspaceId} ${entry.entity} ${entry.recordId}`
        if (!seen.has(key)) indexRecord(entry.workspaceId, entry.entity, entry.recordId)
        seen.add(key)
      }
    })()
    cursor.advance(last.id)
    return entries.length === batch
  }

  const settle = (): void => {
    for (let done = 0; done < mostWaitedFor && step(); done += batch);
  }
  const wakeIn = (ms: number): void => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => {
      // One batch a turn, so that requests are served in between.
      if (step()) wakeIn(restMs)
    }, ms)
    state.timer.unref()
  }
  return {
    settle,
    // Pushed back while writes go on: they are what people wait for, a search settles by itself.
    wake: () => wakeIn(soonMs),
    stop: () => clearTimeout(state.timer),
  }
}
