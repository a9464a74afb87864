/** Looks through everything stored here, as the client's half of comparing it with the server's. */
import { entityNamed } from '../../../shared/features'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { isAlwaysKept } from '../../../shared/kernel/kept'
import { recordHash } from '../../../shared/protocol/audit'
import type { RecordTuple } from '../../../shared/protocol/sync'
import { type Database, readMeta } from '../database'
import { pendingOf, recordKey } from '../edits/working'
import { addTo } from '../grouped'
import type { Changes } from '../query/tables'
import { deriveRecord, toStoredRow } from '../record'
import type { OutboxEntry, StoredRow, SyncMeta } from '../stored'
import type { Survey } from './types'

/** Rows looked through in one transaction, so that edits need not wait for the whole. */
const batchSize = 500

const textOf = ({ $state, ...row }: StoredRow): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The row as it follows from its state and waiting edits, where that is not what is stored. */
const mended = (
  entity: AnyEntity,
  row: StoredRow,
  edits: readonly OutboxEntry[],
): StoredRow | undefined => {
  const { $seq: seq, $gen: gen, $state: state } = row
  const derived = deriveRecord(entity, row.id, { state, edits })
  // What cannot be derived has another hash than the server's and is fetched.
  if (!derived.readable || (state === undefined && edits.length === 0)) return undefined
  const wanted = toStoredRow(entity, derived.row, { seq, gen, state })
  return textOf(wanted) === textOf(row) ? undefined : wanted
}

type InTransaction = <T>(work: (meta: SyncMeta) => Promise<T>) => Promise<T>

/** The row as the server has it: what waits here does not change what a copy has to hold. */
const baseRow = (entity: AnyEntity, row: StoredRow, edits: readonly OutboxEntry[]): AnyRow =>
  edits.length === 0 ? row : deriveRecord(entity, row.id, { state: row.$state, edits: [] }).row

/** Mends what can be mended from this copy alone and hashes what it has to hold. */
export const survey = async (
  database: Database,
  inTransaction: InTransaction,
  userId: string,
): Promise<Survey & { changes: Changes }> => {
  const { floor = 0 } = await readMeta(database)
  const held: Survey['held'] = []
  const changes: { [entity: string]: string[] } = {}
  let healed = 0
  const look = async (entity: AnyEntity, after: string): Promise<string | undefined> => {
    const table = database.rows(entity.name)
    const rows = await table.where(':id').above(after).limit(batchSize).toArray()
    const names = rows.map(({ id }) => ({ entity: entity.name, id }))
    const pending = await pendingOf(database, names)
    const wrong = rows.flatMap((row) => {
      const { id, $seq: seq, $state: state } = row
      const edits = pending.get(recordKey({ entity: entity.name, id })) ?? []
      const base = () => baseRow(entity, row, edits)
      if (state && (seq > floor || isAlwaysKept(entity, base(), userId))) {
        const hash = recordHash({ entity: entity.name, id, seq, state })
        held.push({ entity: entity.name, id, seq, hash })
      }
      return mended(entity, row, edits) ?? []
    })
    if (wrong.length > 0) {
      await table.bulkPut(wrong)
      healed += wrong.length
      changes[entity.name] = [...(changes[entity.name] ?? []), ...wrong.map(({ id }) => id)]
    }
    return rows.at(-1)?.id
  }
  for (const table of database.entityTables) {
    const entity = entityNamed(table.name.replace('rows_', ''))
    let after: string | undefined = ''
    while (entity && after !== undefined) {
      const from: string = after
      after = await inTransaction(() => look(entity, from))
    }
  }
  return { held: held.sort((a, b) => a.seq - b.seq), healed, changes, floor }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])

/**
 * Those of these ids that are here, as far as that is told cheaply: what is older comes in the order
 * in which it was made, as ids do, and little of it is here. Else all of them.
 */
const heldOf = async (database: Database, entity: string, ids: string[]): Promise<string[]> => {
  const [first, ...rest] = [...ids].sort()
  if (first === undefined) return []
  const range = database
    .rows(entity)
    .where(':id')
    .between(first, rest.at(-1) ?? first, true, true)
  const held = await range.limit(ids.length).primaryKeys()
  if (held.length === ids.length) return ids
  const wanted = new Set(ids)
  return held.filter((id) => wanted.has(id))
}

/** Those of the server's records that this copy lacks or has otherwise; newer ones here stay. */
export const differing = async (
  database: Database,
  records: readonly RecordTuple[],
): Promise<RecordTuple[]> => {
  const known = records.filter(([name, , , state]) => entityNamed(name) && state)
  const ids = new Map<string, string[]>()
  for (const [name, id] of known) addTo(ids, name, id)
  const held = new Map<string, StoredRow>()
  for (const [entity, some] of ids)
    for (const row of await database.rows(entity).bulkGet(await heldOf(database, entity, some)))
      if (row) held.set(recordKey({ entity, id: row.id }), row)
  return known.filter(([entity, id, seq, state]) => {
    const row = held.get(recordKey({ entity, id }))
    if (!row || row.$seq !== seq) return !row || row.$seq < seq
    return !row.$state || !state || !isSame(row.$state, state)
  })
}
