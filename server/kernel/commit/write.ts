/** Writes edits inside the gate's transaction: record, journal and device book go together or not at all. */
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { entityNamed } from '../../../shared/features/index'
import type { Viewer } from '../../../shared/kernel/access'
import { createClock } from '../../../shared/kernel/clock'
import { newDeviceId } from '../../../shared/kernel/ids'
import { Refusal, type RefusalInfo } from '../../../shared/kernel/refusal'
import type { Db } from '../../db/open'
import { setting } from '../../db/schema'
import type { Actor, EditInput, EditOutcome } from '../ports'
import type { RecordTable } from '../store/records'
import { createViewers } from '../viewers'
import { changesBetween, eventsOf } from './changes'
import { createDeviceBook, type Decided } from './devices'
import { createDrafts, type Draft, type WrittenRecord } from './draft'
import { type Accepted, type GateInput, judge } from './gate'
import { groupsOf } from './groups'

/** On whose behalf a call writes, and who that is to the policy. */
type Writing = { actor: Actor; viewer: Viewer; draft: Draft }

type WriterDeps = { db: Db; records: RecordTable; log: Logger; now: () => number }

const serverDevice = (db: Db): string => {
  db.insert(setting).values({ name: 'device', value: newDeviceId() }).onConflictDoNothing().run()
  const row = db.select().from(setting).where(eq(setting.name, 'device')).get()
  return row?.value ?? newDeviceId()
}

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
  const clock = createClock({ device: serverDevice(deps.db), now: deps.now })
  return ({ actor, viewer, draft }: Writing, edit: EditInput): EditOutcome => {
    const entity = entityNamed(edit.entity)
    if (!entity)
      throw new Refusal('record.invalid', { detail: `There is no entity ${edit.entity}.` })
    const now = deps.now()
    const stored = draft.get(edit.entity, edit.id)
    const stamp = (after: string): string => {
      if (after !== '') clock.see(after)
      return clock.next()
    }
    const input = { entity, edit, actor, viewer, stored, stamp, now }
    const { state, row, before, created } = judgeSafely(input, deps.log)
    if (edit.t !== undefined) clock.see(edit.t)
    const seq = draft.nextSeq()
    const changes = changesBetween(before, row)
    draft.put({ entity: edit.entity, id: edit.id, seq, state, row, before }, [
      actor.workspaceId,
      seq,
      edit.entity,
      edit.id,
      actor.userId,
      actor.device ?? null,
      actor.via,
      new Date(now).toISOString(),
      JSON.stringify(eventsOf(entity, created, changes)),
      JSON.stringify(changes),
    ])
    return { ok: true, seq, row, created }
  }
}

/** What was decided on each edit of a call, and the records that were written, in order of seq. */
type Outcome = { outcomes: EditOutcome[]; records: WrittenRecord[] }

/** Decides on the edits of one call, in order. Must run inside a transaction. */
export const createWriter = (deps: WriterDeps) => {
  const write = createRecordWriter(deps)
  const devices = createDeviceBook(deps)
  const viewerOf = createViewers(deps.db)
  const draftOf = createDrafts(deps)

  const refused = (actor: Actor, edit: EditInput, info: RefusalInfo): EditOutcome => {
    devices.refuse(actor, edit, info)
    return { ok: false, refusal: info }
  }

  /** Edits of one group stand or fall together: what was written before the refusal is taken back. */
  const writeGroup = (by: Writing, group: readonly EditInput[]): EditOutcome[] => {
    const before = by.draft.length()
    try {
      return group.map((edit) => write(by, edit))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      by.draft.takeBack(before)
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

  const decide = ({ actor, edits }: { actor: Actor; edits: readonly EditInput[] }): Outcome => {
    const decided =
      actor.device === undefined
        ? noneDecided
        : devices.decided(actor.workspaceId, actor.device, actor.userId)
    const old = edits.filter((edit) => edit.n !== undefined && edit.n <= decided.n)
    const fresh = edits.slice(old.length)
    requireContiguous(fresh, decided.n)
    requireOwn(actor, old, decided)
    const outcomes = old.map((edit) => alreadyDecided(actor, edit))
    const by = { actor, viewer: viewerOf(actor), draft: draftOf(actor.workspaceId) }
    for (const group of groupsOf(fresh)) outcomes.push(...writeGroup(by, group))
    const { n, t: stamp = null } = fresh.at(-1) ?? {}
    if (actor.device !== undefined && n !== undefined)
      devices.decide(actor, actor.device, { n, stamp })
    return { outcomes, records: by.draft.save() }
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
