/**
 * Looks at what sync brings: what colleagues changed on this user's records while this device was
 * away, and which waiting edits lost to newer ones. Works inside the transaction that stores them.
 */
import { type Folded, fold, lastWord, lostFields, type Said } from '../../../shared/crdt/patch'
import { parseStamp } from '../../../shared/kernel/clock'
import { type AnyEntity, type AnyRow, systemFields } from '../../../shared/kernel/entity'
import type { Database } from '../database'
import { elementsOf } from '../elements'
import { type DerivedRecord, patchOf } from '../record'
import type {
  AwayEntry,
  DeliveredEdit,
  LocalEdit,
  LostEntry,
  OutboxEntry,
  StoredRow,
  SyncMeta,
} from '../stored'

/** What is looked at: a record as it arrived, as it was before, and the edits that wait for it. */
export type Seen = {
  entity: AnyEntity
  id: string
  derived: DerivedRecord
  /** As this device showed it until now. */
  before: StoredRow | undefined
  /** Every edit that waited when it arrived, those that it contains included. */
  pending: readonly OutboxEntry[]
  /** Edits made offline that the server has had for some time. */
  delivered: readonly DeliveredEdit[]
}

export type Watch = {
  see: (seen: Seen) => void
  /** Stores what was noticed. */
  save: () => Promise<void>
}

/** Most changes of colleagues that are kept; the oldest give way. */
const keptChanges = 1000

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const timeOf = ({ t }: Said): string => new Date(parseStamp(t).ms).toISOString()

const isSystem = (field: string): boolean =>
  field === 'id' || field === 'updatedAt' || (field !== 'deletedAt' && field in systemFields)

/** What nobody wrote: facts about the record, and what is computed from other fields. */
const isDerived = (entity: AnyEntity, field: string): boolean =>
  isSystem(field) || entity.fields[field]?.computed === true

/** Whether a record is this user's: theirs to look after, or made by them where nobody owns it. */
const isOwn = (row: AnyRow | undefined, userId: string): boolean =>
  row !== undefined && (row.ownerId ?? row.createdBy) === userId

export const createWatch = (
  database: Database,
  meta: SyncMeta,
  { userId, isCatchUp }: { userId: string; isCatchUp: boolean },
): Watch => {
  const changes: AwayEntry[] = []
  const lost: LostEntry[] = []
  const decided: string[] = []
  const wasAway = isCatchUp && meta.isComplete === true && !meta.isReoffering
  const since = meta.heardAt ?? null

  const isMine = ({ t, by }: Said): boolean =>
    by === undefined ? meta.devices.includes(parseStamp(t).device) : by === userId

  const seeChanges = (seen: Seen, base: Folded, lostHere: ReadonlySet<string>) => {
    const { entity, id, before } = seen
    const { row } = seen.derived
    if (!isOwn(before, userId) && !isOwn(row, userId)) return
    const add = (field: string, said: Said | undefined, values: [unknown, unknown]) => {
      if (!said || isMine(said)) return
      changes.push({
        id: `${entity.name} ${id} ${field}`,
        entity: entity.name,
        recordId: id,
        field,
        before: values[0] ?? null,
        after: values[1] ?? null,
        by: said.by ?? null,
        at: timeOf(said),
        since,
      })
    }
    if (!before) {
      // What is older was merely not here before, for example because it could not be seen.
      const made = lastWord(base, 'createdAt')
      const given = lastWord(base, 'ownerId')
      if (made && since !== null && timeOf(made) > since)
        add('createdAt', made, [null, row.createdAt])
      else if (given && since !== null && timeOf(given) > since)
        add('ownerId', given, [null, row.ownerId])
      return
    }
    for (const field of Object.keys(row))
      if (!isDerived(entity, field) && !lostHere.has(field) && !isSame(before[field], row[field]))
        add(field, lastWord(base, field), [before[field], row[field]])
  }

  const seeLost = (seen: Seen, base: Folded): Set<string> => {
    const { entity, id, pending, derived } = seen
    const fields = new Set<string>()
    const after = fold([...derived.patches, ...pending.map(patchOf)])
    const add = (field: string, mine: Pick<LostEntry, 'mine' | 'set' | 'at'>) => {
      const said = lastWord(after, field)
      if (!said || isMine(said) || !lastWord(base, field)) return
      fields.add(field)
      lost.push({
        ...mine,
        id: `${entity.name} ${id} ${field}`,
        entity: entity.name,
        recordId: id,
        field,
        theirs: derived.row[field] ?? null,
        by: said.by ?? null,
        theirsAt: timeOf(said),
      })
    }
    const addLost = (edit: DeliveredEdit | OutboxEntry, field: string) => {
      const value = wantedValue(edit, field, derived.row)
      if (!isSystem(field) && !isSame(value, derived.row[field]))
        add(field, { mine: value, at: edit.at, ...(edit.e?.[field] ? { set: edit.e[field] } : {}) })
    }
    for (const edit of seen.delivered) {
      const unseen = lostFields(edit, base).filter((field) => {
        const said = lastWord(base, field)
        return said && timeOf(said) < edit.deliveredAt
      })
      for (const field of unseen) addLost(edit, field)
      // Told once; what is changed later was changed by somebody who saw it.
      if (lostFields(edit, base).length > 0) decided.push(edit.t)
    }
    for (const edit of pending)
      for (const field of lostFields(patchOf(edit), base)) addLost(edit, field)
    // An edit of a record that somebody deleted meanwhile loses to nothing and is out of sight all the same.
    const last = pending.filter(({ s }) => !('deletedAt' in s)).at(-1)
    if (last && derived.row.deletedAt !== null) add('deletedAt', { mine: null, at: last.at })
    return fields
  }

  return {
    see: (seen) => {
      const hasOwn = seen.pending.length + seen.delivered.length > 0
      if (!wasAway && !hasOwn) return
      const base = fold(seen.derived.patches)
      const lostHere = hasOwn ? seeLost(seen, base) : new Set<string>()
      if (wasAway) seeChanges(seen, base, lostHere)
    },
    save: async () => {
      if (lost.length > 0) await database.conflicts.bulkPut(lost)
      if (decided.length > 0) await database.delivered.bulkDelete(decided)
      if (changes.length > 0) await saveChanges(database, changes)
    },
  }
}

const wantedValue = (edit: Pick<LocalEdit, 's' | 'e'>, field: string, row: AnyRow): unknown => {
  const change = edit.e?.[field]
  if (!change) return edit.s[field]
  const held = elementsOf(row[field]).filter((one) => !change.remove?.includes(one))
  return [...new Set([...held, ...(change.add ?? [])])].sort()
}

/** A field that changed again before anybody looked keeps its first *before*; back to it is no change. */
const saveChanges = async ({ away }: Database, changes: readonly AwayEntry[]): Promise<void> => {
  const known = await away.bulkGet(changes.map(({ id }) => id))
  const merged = changes.map((change, index): AwayEntry => {
    const first = known[index]
    return first ? { ...change, before: first.before, since: first.since } : change
  })
  await away.bulkPut(merged)
  await away.bulkDelete(
    merged.filter(({ before, after }) => isSame(before, after)).map(({ id }) => id),
  )
  const surplus = (await away.count()) - keptChanges
  if (surplus > 0) await away.orderBy('at').limit(surplus).delete()
}
