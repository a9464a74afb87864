/**
 * The one way in: a commit is ONE transaction over rows, outbox and history. Everything is checked
 * before anything is stored; if the machine dies in between, nothing of it has happened.
 */
import * as Y from 'yjs'
import type { Viewer } from '../../../shared/kernel/access'
import { createClock } from '../../../shared/kernel/clock'
import { newId } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import { missingFields } from '../../../shared/kernel/schema'
import { encodeFrame } from '../../../shared/protocol/frame'
import { maxFrameBytes } from '../../../shared/protocol/sync'
import type { CommitResult } from '../api'
import { type Database, readMeta } from '../database'
import { addTo } from '../grouped'
import type { Changes } from '../query/tables'
import { toStoredRow } from '../record'
import type { OutboxEntry, Step, SyncMeta } from '../stored'
import { type Applied, applyStep, type NewEdit, type Working } from './apply'
import { checkAccess, checkReach, checkStep, knownEntity, withoutBlanks } from './check'
import { recordHistory } from './history'
import { isQuotaProblem, quotaRefusal } from './quota'
import { readViewer, viewerTables } from './viewer'
import { loadWorking, recordKey } from './working'

/** On whose behalf and where edits are written. */
export type WriteContext = {
  database: Database
  userId: string
  role: () => string
  now: () => number
  /** Called after the transaction with what it changed. */
  onWritten: (changes: Changes, options: { history: boolean }) => void
}

export type WriteOptions = {
  /** The name in the history; absent for what cannot be undone. */
  label?: string
  /** Further work of the same transaction, such as marking what was undone. */
  alongside?: () => Promise<void>
}

/** Most edits of one group, and about the most bytes: a group travels in one frame. */
const groupEdits = 500
const groupBytes = maxFrameBytes / 4

/** Writes steps; a refusal means that nothing was stored. */
export const writeSteps = async (
  context: WriteContext,
  steps: readonly Step[],
  options: WriteOptions,
): Promise<CommitResult> => {
  try {
    const checked = steps.map((step) => {
      const entity = knownEntity(step.entity)
      const clean = withoutBlanks(entity, step)
      checkAccess(entity, clean, context.role())
      checkStep(entity, clean)
      return clean
    })
    const written = await inTransaction(context, checked, options)
    if (written.edits > 0 || options.alongside)
      context.onWritten(written.changes, {
        history: written.undoId !== null || !!options.alongside,
      })
    return { ok: true, undoId: written.undoId }
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, refusal: cause.info }
    if (isQuotaProblem(cause)) return { ok: false, refusal: quotaRefusal(cause).info }
    throw cause
  }
}

type Written = { undoId: string | null; edits: number; changes: Changes }

const inTransaction = (
  context: WriteContext,
  steps: readonly Step[],
  options: WriteOptions,
): Promise<Written> => {
  const { database } = context
  const names = [...new Set(steps.map((step) => step.entity))]
  const tables = names.flatMap((name) => database.rows(name).tables)
  const { outbox, issues, conflicts, history, meta } = database
  const own = { userId: context.userId, role: context.role() }
  const all = [
    ...tables,
    ...viewerTables(database, own.role),
    ...[outbox, issues, conflicts, history, meta],
  ]
  return database.dexie.transaction('rw', all, async () => {
    const sync = await readMeta(database)
    const records = await loadWorking(database, steps)
    const viewer = await readViewer(database, own)
    const applied = applyAll(context, { steps, records, sync, viewer })
    await options.alongside?.()
    if (applied.length === 0) return { undoId: null, edits: 0, changes: {} }
    await saveRows(database, records, applied)
    await saveEdits(database, sync, { edits: applied.map(({ edit }) => edit), now: context.now() })
    await meta.put(sync)
    const undoId =
      options.label === undefined ? null : await recordHistory(database, options.label, applied)
    return { undoId, edits: applied.length, changes: changesOf(applied) }
  })
}

/** A record that this copy does not hold cannot be edited blindly: it would become half a record. */
const checkHeld = ({ floor = 0 }: SyncMeta, step: Step, { entity, row }: Working): void => {
  if (row || step.create === true) return
  if (floor > 0 || missingFields(entity, step.set ?? {}).length > 0)
    throw new Refusal('record.missing', {
      detail:
        'This record is not on this computer any more. Open it again, then repeat the change.',
    })
}

const applyAll = (
  context: WriteContext,
  work: {
    steps: readonly Step[]
    records: Map<string, Working>
    sync: SyncMeta
    viewer: Viewer
  },
): Applied[] => {
  const { sync, records } = work
  const clock = createClock({
    device: sync.device,
    now: context.now,
    ...(sync.stamp === '' ? {} : { last: sync.stamp }),
  })
  const stamp = () => {
    sync.stamp = clock.next()
    return sync.stamp
  }
  const now = new Date(context.now()).toISOString()
  return work.steps.flatMap((step) => {
    const working = records.get(recordKey(step))
    if (working) checkHeld(sync, step, working)
    if (working) checkReach(working.entity, step, { viewer: work.viewer, held: working.row })
    const applied = working && applyStep(working, step, { userId: context.userId, now, stamp })
    if (!applied) return []
    working.row = applied.row
    // A later step of the same commit builds on this one; its number does not matter here.
    working.pending.push({ ...applied.edit, n: 1, at: now })
    return [applied]
  })
}

const saveRows = async (
  database: Database,
  records: Map<string, Working>,
  applied: readonly Applied[],
): Promise<void> => {
  const changed = new Set(applied.map(({ edit }) => recordKey(edit)))
  for (const name of new Set(applied.map(({ edit }) => edit.entity))) {
    const rows = [...changed].flatMap((key) => {
      const working = records.get(key)
      if (working?.entity.name !== name || !working.row) return []
      return [toStoredRow(working.entity, working.row, working)]
    })
    await database.rows(name).bulkPut(rows)
  }
}

const saveEdits = async (
  database: Database,
  sync: SyncMeta,
  { edits, now }: { edits: readonly NewEdit[]; now: number },
): Promise<void> => {
  const at = new Date(now).toISOString()
  const [only, ...more] = edits
  if (only && more.length === 0 && (await appendText(database, sync, only))) return
  const entries = grouped(edits).map((edit): OutboxEntry => {
    const n = sync.nextN
    sync.nextN += 1
    return { ...edit, n, at }
  })
  await database.outbox.bulkAdd(entries)
}

/** Gives the edits of a commit their group; very large commits become several groups. */
const grouped = (edits: readonly NewEdit[]): NewEdit[] => {
  const state = { g: newId(), edits: 0, bytes: 0 }
  const sized = edits.map((edit) => {
    const bytes = encodeFrame(edit).byteLength
    if (bytes > maxFrameBytes - 1024) throw new Refusal('sync.too-large')
    if (state.edits >= groupEdits || state.bytes + bytes > groupBytes)
      Object.assign(state, { g: newId(), edits: 0, bytes: 0 })
    state.edits += 1
    state.bytes += bytes
    return { ...edit, g: state.g }
  })
  return edits.length > 1 ? sized : [...edits]
}

const isTextAlone = (edit: NewEdit): boolean =>
  edit.x !== undefined &&
  edit.g === undefined &&
  edit.e === undefined &&
  Object.keys(edit.s).length === 0

/** Merges typing into the latest edit if that is typing in the same record and was never sent. */
const appendText = async (database: Database, sync: SyncMeta, edit: NewEdit): Promise<boolean> => {
  const n = sync.nextN - 1
  if (n <= sync.sent || !isTextAlone(edit)) return false
  const last = await database.outbox.get(n)
  if (!last || !isTextAlone(last) || last.entity !== edit.entity || last.id !== edit.id)
    return false
  const x = { ...last.x }
  for (const [name, update] of Object.entries(edit.x ?? {})) {
    const before = x[name]
    x[name] = before ? Y.mergeUpdates([before, update]) : update
  }
  const bytes = Object.values(x).reduce((sum, update) => sum + update.byteLength, 0)
  if (bytes > mergedTextBytes) return false
  // Under the newer stamp: the row that was just stored says when it was last changed.
  await database.outbox.put({ ...last, t: edit.t, x })
  return true
}

/** Merged typing stays well below what the gate takes of one update. */
const mergedTextBytes = 64 * 1024

const changesOf = (applied: readonly Applied[]): Changes => {
  const changes = new Map<string, string[]>()
  for (const { edit } of applied) addTo(changes, edit.entity, edit.id)
  return Object.fromEntries(changes)
}
