/** Writes edits inside the gate's transaction: record, journal and device book go together or not at all. */
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { entityNamed } from '../../../shared/features/index'
import type { Viewer } from '../../../shared/kernel/access'
import { createClock } from '../../../shared/kernel/clock'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newDeviceId } from '../../../shared/kernel/ids'
import { Refusal, type RefusalInfo } from '../../../shared/kernel/refusal'
import type { Db } from '../../db/open'
import { setting } from '../../db/schema'
import type { Actor, EditInput, EditOutcome, StoredRecord } from '../ports'
import type { RecordTable } from '../store/records'
import { createViewers } from '../viewers'
import { changesBetween, eventsOf } from './changes'
import { createDeviceBook, type Decided } from './devices'
import { type Accepted, type GateInput, judge } from './gate'
import { groupsOf } from './groups'

/** A record that was written, and the row that stood there before. */
export type WrittenRecord = StoredRecord & { before: AnyRow | null }

/** On whose behalf a call writes, and who that is to the policy. */
type Writing = { actor: Actor; viewer: Viewer }

type WriterDeps = { db: Db; records: RecordTable; log: Logger; now: () => number }

type Written = { outcome: EditOutcome; stored: WrittenRecord }

const serverDevice = (db: Db): string => {
  db.insert(setting).values({ name: 'device', value: newDeviceId() }).onConflictDoNothing().run()
  const row = db.select().from(setting).where(eq(setting.name, 'device')).get()
  return row?.value ?? newDeviceId()
}

type Entry = [
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

/** Every edit comes through these two, so they go to SQLite by the shortest way. */
const prepare = ({ $client }: Db) => ({
  nextSeq: $client
    .prepare<[workspaceId: string], number>(
      'update workspace set last_seq = last_seq + 1 where id = ? returning last_seq',
    )
    .pluck(),
  journal: $client.prepare<Entry>(
    `insert into journal
       (workspace_id, seq, entity, record_id, user_id, device, via, at, events, changes)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
})

/**
 * Judges an edit. One that trips over something nobody foresaw (a damaged state, a bug) is refused
 * like any other: thrown on, it would come again with every push and hold up all edits behind it.
 */
const judgeSafely = (input: GateInput, log: Logger): Accepted => {
  try {
    return judge(input)
  } catch (error) {
    if (error instanceof Refusal) throw error
    log.error({ err: error, entity: input.edit.entity, id: input.edit.id }, 'edit cannot be judged')
    throw new Refusal('internal', { cause: error })
  }
}

/** Writes one edit; throws `Refusal` before anything is written. */
const createRecordWriter = (deps: WriterDeps) => {
  const statements = prepare(deps.db)
  const clock = createClock({ device: serverDevice(deps.db), now: deps.now })
  return ({ actor, viewer }: Writing, edit: EditInput): Written => {
    const entity = entityNamed(edit.entity)
    if (!entity)
      throw new Refusal('record.invalid', { detail: `There is no entity ${edit.entity}.` })
    const now = deps.now()
    const before = deps.records.get(actor.workspaceId, edit.entity, edit.id)
    const stamp = (after: string): string => {
      if (after !== '') clock.see(after)
      return clock.next()
    }
    const input = { entity, edit, actor, viewer, stored: before, stamp, now }
    const accepted = judgeSafely(input, deps.log)
    if (edit.t !== undefined) clock.see(edit.t)
    const seq = statements.nextSeq.get(actor.workspaceId)
    if (seq === undefined) throw new Error(`there is no workspace ${actor.workspaceId}`)
    const stored = {
      entity: edit.entity,
      id: edit.id,
      seq,
      state: accepted.state,
      row: accepted.row,
      before: accepted.before,
    }
    deps.records.put(actor.workspaceId, stored)
    const changes = changesBetween(accepted.before, accepted.row)
    statements.journal.run(
      actor.workspaceId,
      seq,
      edit.entity,
      edit.id,
      actor.userId,
      actor.device ?? null,
      actor.via,
      new Date(now).toISOString(),
      JSON.stringify(eventsOf(entity, accepted.created, changes)),
      JSON.stringify(changes),
    )
    return { outcome: { ok: true, seq, row: accepted.row, created: accepted.created }, stored }
  }
}

/** Decides on the edits of one call, in order. Must run inside a transaction. */
export const createWriter = (deps: WriterDeps) => {
  const write = createRecordWriter(deps)
  const devices = createDeviceBook(deps)
  const viewerOf = createViewers(deps.db)

  const refused = (actor: Actor, edit: EditInput, info: RefusalInfo): EditOutcome => {
    devices.refuse(actor, edit, info)
    return { ok: false, refusal: info }
  }

  /** Edits of one group stand or fall together: a savepoint takes back what was written before the refusal. */
  const writeGroup = (
    by: Writing,
    group: readonly EditInput[],
    records: WrittenRecord[],
  ): EditOutcome[] => {
    try {
      // A single edit is refused before anything is written, so only real groups need the savepoint.
      const writeAll = () => group.map((edit) => write(by, edit))
      const written = group.length === 1 ? writeAll() : deps.db.$client.transaction(writeAll)()
      records.push(...written.map(({ stored }) => stored))
      return written.map(({ outcome }) => outcome)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return group.map((edit) => refused(by.actor, edit, error.info))
    }
  }

  const alreadyDecided = (actor: Actor, edit: EditInput): EditOutcome => {
    const info = devices.refusalOf(actor.workspaceId, actor.device ?? '', edit.n ?? 0)
    if (info) return { ok: false, refusal: info }
    const stored = deps.records.get(actor.workspaceId, edit.entity, edit.id)
    return stored
      ? { ok: true, seq: stored.seq, row: stored.row, created: false }
      : { ok: false, refusal: new Refusal('record.missing').info }
  }

  const decide = (
    { actor, edits }: { actor: Actor; edits: readonly EditInput[] },
    records: WrittenRecord[],
  ): EditOutcome[] => {
    const decided =
      actor.device === undefined
        ? noneDecided
        : devices.decided(actor.workspaceId, actor.device, actor.userId)
    const old = edits.filter((edit) => edit.n !== undefined && edit.n <= decided.n)
    const fresh = edits.slice(old.length)
    requireContiguous(fresh, decided.n)
    requireOwn(actor, old, decided)
    const outcomes = old.map((edit) => alreadyDecided(actor, edit))
    const by = { actor, viewer: viewerOf(actor) }
    for (const group of groupsOf(fresh)) outcomes.push(...writeGroup(by, group, records))
    const { n, t: stamp = null } = fresh.at(-1) ?? {}
    if (actor.device !== undefined && n !== undefined)
      devices.decide(actor, actor.device, { n, stamp })
    return outcomes
  }

  return { decide, decided: devices.decided }
}

const noneDecided: Decided = { n: 0, stamp: null }

/**
 * A number that somebody else under this device's id has used up is no answer to an edit: another
 * machine has a copy of the profile. What the device knew to be decided when it came is its own.
 */
const requireOwn = (actor: Actor, old: readonly EditInput[], decided: Decided): void => {
  const unknown = old.filter(({ n = 0 }) => n > (actor.knownDecided ?? decided.n))
  const last = unknown.at(-1)
  if (!last || decided.stamp === null) return
  if (last.n !== decided.n || last.t !== decided.stamp) throw new Refusal('device.copied')
}

const requireContiguous = (edits: readonly EditInput[], decided: number): void => {
  edits.forEach((edit, index) => {
    if (edit.n !== undefined && edit.n !== decided + 1 + index)
      throw new Refusal('sync.order', {
        detail: `Edit ${edit.n} arrived where ${decided + 1 + index} was expected.`,
      })
  })
}
