/** Takes the server's decisions on edits into the store; inside a transaction over all of it. */
import { titleOf } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { rememberDelivered } from '../away/delivered'
import type { Database } from '../database'
import { knownEntity } from '../edits/check'
import { loadWorking, type RecordName, recordKey } from '../edits/working'
import type { Changes } from '../query/tables'
import type { IssueEntry, OutboxEntry, SyncMeta } from '../stored'
import { rederive } from './rederive'
import type { Decisions } from './types'

const entriesFor = async (
  database: Database,
  numbers: readonly number[],
): Promise<Map<number, OutboxEntry>> => {
  const entries = await database.outbox.bulkGet([...numbers])
  return new Map(entries.filter((entry) => entry !== undefined).map((entry) => [entry.n, entry]))
}

/** Accepted edits stay until the base state contains them, so that they never flicker out of sight. */
const accept = async (
  database: Database,
  meta: SyncMeta,
  accepted: Decisions['accepted'],
  now: number,
): Promise<RecordName[]> => {
  const entries = await entriesFor(
    database,
    accepted.map(([n]) => n),
  )
  const records = await loadWorking(database, [...entries.values()])
  const waiting: OutboxEntry[] = []
  const contained: OutboxEntry[] = []
  for (const [n, seq] of accepted) {
    const entry = entries.get(n)
    const record = entry && records.get(recordKey(entry))
    if (!entry || !record) continue
    const isSeen = record.gen === meta.gen && record.seq >= seq
    // Everything up to there has been pulled and the record was not among it: it is out of sight.
    const isUnseen = record.state === undefined && meta.cursor >= seq
    if (isSeen || isUnseen) contained.push(entry)
    else waiting.push({ ...entry, acked: seq })
  }
  await rememberDelivered(database, meta, { accepted: [...entries.values()], now })
  await database.outbox.bulkPut(waiting)
  await database.outbox.bulkDelete(contained.map(({ n }) => n))
  return contained
}

const refuse = async (
  database: Database,
  refused: Decisions['refused'],
  at: string,
): Promise<RecordName[]> => {
  const entries = await entriesFor(
    database,
    refused.map(([n]) => n),
  )
  const records = await loadWorking(database, [...entries.values()])
  const issues = refused.flatMap(([n, refusal]): IssueEntry[] => {
    const entry = entries.get(n)
    if (!entry) return []
    const { at: _, acked, ...edit } = entry
    const row = records.get(recordKey(entry))?.row
    const title = row ? titleOf(knownEntity(entry.entity), row) : ''
    return [{ id: newId(), edit, at, title, refusal }]
  })
  await database.issues.bulkAdd(issues)
  await database.outbox.bulkDelete(issues.map(({ edit }) => edit.n))
  return [...entries.values()]
}

export const settle = async (
  database: Database,
  meta: SyncMeta,
  { decisions, now }: { decisions: Decisions; now: () => number },
): Promise<Changes> => {
  const contained = await accept(database, meta, decisions.accepted, now())
  const refused = await refuse(database, decisions.refused, new Date(now()).toISOString())
  const records = [...contained, ...refused]
  return records.length === 0 ? {} : rederive(database, meta, records)
}
