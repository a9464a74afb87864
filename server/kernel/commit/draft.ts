/**
 * What one call writes, held back until all of its edits are decided: they see each other here, a
 * group that is refused is taken back here, and what remains goes to the database in few statements.
 */
import type { AnyRow } from '../../../shared/kernel/entity'
import { createBulkInsert } from '../../db/bulk-insert'
import type { Db } from '../../db/open'
import type { StoredRecord } from '../ports'
import type { RecordTable } from '../store/records'

/** A record that was written, and the row that stood there before. */
export type WrittenRecord = StoredRecord & { before: AnyRow | null }

/** A line of the journal. */
export type Entry = [
  workspaceId: string,
  seq: number,
  entity: string,
  recordId: string,
  userId: string,
  device: string | null,
  via: string,
  at: string,
  events: string,
  changes: string,
]

export type Draft = {
  get: (entity: string, id: string) => StoredRecord | undefined
  /** The seq of what is written next. */
  nextSeq: () => number
  put: (record: WrittenRecord, entry: Entry) => void
  /** How much has been written; `takeBack` returns to there. */
  length: () => number
  takeBack: (length: number) => void
  /** Writes everything; answers the records in order of seq. */
  save: () => WrittenRecord[]
}

const keyOf = ({ entity, id }: { entity: string; id: string }): string => `${entity} ${id}`

/** Starts drafts; all of one happens inside a transaction that keeps other writers out. */
export const createDrafts = ({
  db: { $client },
  records,
}: {
  db: Db
  records: RecordTable
}): ((workspaceId: string) => Draft) => {
  const lastSeq = $client
    .prepare<[workspaceId: string], number>('select last_seq from workspace where id = ?')
    .pluck()
  const setLastSeq = $client.prepare<[seq: number, workspaceId: string]>(
    'update workspace set last_seq = ? where id = ?',
  )
  const insertEntries = createBulkInsert<Entry>($client, {
    table: 'journal',
    columns: [
      'workspace_id',
      'seq',
      'entity',
      'record_id',
      'user_id',
      'device',
      'via',
      'at',
      'events',
      'changes',
    ],
  })

  return (workspaceId) => {
    const first = lastSeq.get(workspaceId)
    if (first === undefined) throw new Error(`there is no workspace ${workspaceId}`)
    const written: WrittenRecord[] = []
    const entries: Entry[] = []
    const latest = new Map<string, WrittenRecord>()
    return {
      get: (entity, id) =>
        latest.get(keyOf({ entity, id })) ?? records.get(workspaceId, entity, id),
      nextSeq: () => first + written.length + 1,
      put: (record, entry) => {
        written.push(record)
        entries.push(entry)
        latest.set(keyOf(record), record)
      },
      length: () => written.length,
      takeBack: (length) => {
        written.length = length
        entries.length = length
        latest.clear()
        for (const record of written) latest.set(keyOf(record), record)
      },
      save: () => {
        if (written.length === 0) return written
        setLastSeq.run(first + written.length, workspaceId)
        records.putAll(workspaceId, [...latest.values()])
        insertEntries(entries)
        return written
      },
    }
  }
}
