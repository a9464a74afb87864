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
import { beginning, type Place, type Rows } from '../rows/rows'
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
  // What is packed meanwhile is met twice: the later one counts.
  const held = new Map<string, Survey['held'][number]>()
  const changes: { [entity: string]: string[] } = {}
  let healed = 0
  const look = async (stored: Rows, from: Place): Promise<Place | undefined> => {
    const { entity } = stored
    const batch = await stored.after(from, batchSize)
    if (!batch) return undefined
    const { rows, place } = batch
    const names = rows.map(({ id }) => ({ entity: entity.name, id }))
    const pending = await pendingOf(database, names)
    const wrong = rows.flatMap((row) => {
      const { id, $seq: seq, $state: state } = row
      const edits = pending.get(recordKey({ entity: entity.name, id })) ?? []
      const base = () => baseRow(entity, row, edits)
      if (state && (seq > floor || isAlwaysKept(entity, base(), userId))) {
        const hash = recordHash({ entity: entity.name, id, seq, state })
        held.set(recordKey({ entity: entity.name, id }), { entity: entity.name, id, seq, hash })
      }
      return mended(entity, row, edits) ?? []
    })
    if (wrong.length > 0) {
      await stored.bulkPut(wrong)
      healed += wrong.length
      changes[entity.name] = [...(changes[entity.name] ?? []), ...wrong.map(({ id }) => id)]
    }
    return place
  }
  for (const stored of database.allRows) {
    let place: Place | undefined = beginning
    while (place) {
      const from: Place = place
      place = await inTransaction(() => look(stored, from))
    }
  }
  return { held: [...held.values()].sort((a, b) => a.seq - b.seq), healed, changes, floor }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index])

type Differing = {
  wanted: RecordTuple[]
  /** By entity, the ids that are not here at all. */
  absent: ReadonlyMap<string, ReadonlySet<string>>
}

/** Those of the server's records that this copy lacks or has otherwise; newer ones here stay. */
export const differing = async (
  database: Database,
  records: readonly RecordTuple[],
): Promise<Differing> => {
  const known = records.filter(([name, , , state]) => entityNamed(name) && state)
  const ids = new Map<string, string[]>()
  for (const [name, id] of known) addTo(ids, name, id)
  const held = new Map<string, StoredRow>()
  const absent = new Map<string, Set<string>>()
  for (const [entity, some] of ids) {
    const stored = database.rows(entity)
    // Of what is older little is here, which is told without reading it.
    const here = await stored.heldAmong(some)
    absent.set(entity, new Set(some.filter((id) => !here.has(id))))
    for (const row of await stored.bulkGet([...here]))
      if (row) held.set(recordKey({ entity, id: row.id }), row)
  }
  const wanted = known.filter(([entity, id, seq, state]) => {
    const row = held.get(recordKey({ entity, id }))
    if (!row || row.$seq !== seq) return !row || row.$seq < seq
    return !row.$state || !state || !isSame(row.$state, state)
  })
  return { wanted, absent }
}
