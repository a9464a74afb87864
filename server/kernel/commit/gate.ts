/**
 * What one edit may do to one record: pure, so that it can be driven without a database. Roles,
 * values, stamps and text updates are checked here and nowhere else.
 */
import type * as Y from 'yjs'
import { fold, newestStamp, type Patch } from '../../../shared/crdt/patch'
import {
  addPatches,
  firstState,
  openRecord,
  patchesOf,
  recordState,
  writeText,
} from '../../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../../shared/crdt/row'
import { applyTextUpdate } from '../../../shared/crdt/text-update'
import { type Action, allows, fixedChanges, may, type Viewer } from '../../../shared/kernel/access'
import { fixedRefusal, reachRefusal, roleRefusal } from '../../../shared/kernel/access-refusals'
import {
  clampStamp,
  isStamp,
  maxDriftMs,
  parseStamp,
  stampAfter,
} from '../../../shared/kernel/clock'
import { type AnyEntity, type AnyRow, fieldOf } from '../../../shared/kernel/entity'
import { idSchema } from '../../../shared/kernel/ids'
import { type FieldProblem, Refusal } from '../../../shared/kernel/refusal'
import {
  checkValues,
  missingFields,
  problemsOf,
  setChangeSchema,
} from '../../../shared/kernel/schema'
import type { Actor, EditInput, StoredRecord } from '../ports'

/** What an accepted edit makes of a record; `seq` is given by the caller. */
export type Accepted = { state: Uint8Array; row: AnyRow; before: AnyRow | null; created: boolean }

export type GateInput = {
  entity: AnyEntity
  edit: EditInput
  actor: Actor
  /** Who the actor is to the policy. */
  viewer: Viewer
  stored: StoredRecord | undefined
  /** Stamp for edits that come without one, greater than `after` (empty: than nothing). */
  stamp: (after: string) => string
  /** Server time, Unix milliseconds. */
  now: number
}

/** Largest state of one record, in bytes: less than a frame, so that every record can be sent. */
const maxStateBytes = 3 * 1024 * 1024

/** Judges an edit; throws `Refusal` and has then changed nothing. */
export const judge = (input: GateInput): Accepted => {
  const { entity, edit, actor, stored } = input
  if (!idSchema.safeParse(edit.id).success)
    throw invalid([{ path: 'id', message: 'must be a UUID' }])
  requirePresence(edit, stored)
  if (actor.via !== 'system') requireRights(input)
  requireUnchanging(entity, edit, stored)
  requireValues(entity, edit, { stored, isServer: actor.via === 'system' })
  const accepted = apply(input)
  if (actor.via !== 'system' && accepted.created) requireOwnCreation(input, accepted.row)
  return accepted
}

const invalid = (errors: FieldProblem[]): Refusal =>
  new Refusal('record.invalid', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    errors,
  })

const requirePresence = (edit: EditInput, stored: StoredRecord | undefined): void => {
  if (edit.mustExist && (!stored || (stored.row.deletedAt !== null && !('deletedAt' in edit.s))))
    throw new Refusal('record.missing')
  if (edit.mustBeNew && stored) throw new Refusal('record.exists')
  if (edit.ifSeq !== undefined && stored?.seq !== edit.ifSeq) throw new Refusal('record.changed')
}

const actionOf = (edit: EditInput, stored: StoredRecord | undefined): Action => {
  if (!stored) return 'create'
  return 'deletedAt' in edit.s ? 'delete' : 'update'
}

const requireRights = (input: GateInput): void => {
  const { entity, edit, viewer, stored } = input
  const action = actionOf(edit, stored)
  if (entity.kind === 'server') throw new Refusal('record.readonly')
  // Whoever may not see a record is not told that it is there.
  if (stored && !allows(viewer, 'read', entity, stored.row)) throw new Refusal('record.missing')
  if (!may(viewer.role, action, entity)) throw roleRefusal(entity, action)
  if (stored && !allows(viewer, action, entity, stored.row)) throw reachRefusal(entity, action)
  requireFreeFields(input)
}

/** Whoever may create records for themselves alone does not give them to others. */
const requireOwnCreation = ({ entity, viewer }: GateInput, row: AnyRow): void => {
  if (!allows(viewer, 'create', entity, row)) throw reachRefusal(entity, 'create')
}

const requireFreeFields = ({ entity, edit, viewer, stored }: GateInput): void => {
  const others = Object.keys({ ...edit.e, ...edit.x, ...edit.text })
  const fixed = fixedChanges(viewer, entity, { set: edit.s, others, held: stored?.row })
  if (fixed.length > 0) throw fixedRefusal(entity, fixed)
}

/** What an append-only entity holds is added and taken back as a whole, never changed. */
const requireUnchanging = (
  entity: AnyEntity,
  edit: EditInput,
  stored: StoredRecord | undefined,
): void => {
  const names = Object.keys({ ...edit.s, ...edit.e, ...edit.x, ...edit.text })
  if (stored && entity.kind === 'append' && names.some((name) => name !== 'deletedAt'))
    throw new Refusal('auth.forbidden', { detail: 'These records are added and never changed.' })
}

const requireValues = (
  entity: AnyEntity,
  edit: EditInput,
  { stored, isServer }: { stored: StoredRecord | undefined; isServer: boolean },
): void => {
  const names = Object.keys(edit.s)
  const errors = [
    ...checkValues(entity, edit.s),
    ...names.flatMap((name) => kindProblem(entity, name, 'value')),
    ...(isServer ? [] : names.flatMap((name) => serverProblem(entity, name))),
    ...Object.entries(edit.e ?? {}).flatMap(([name, change]) => [
      ...kindProblem(entity, name, 'set'),
      ...problemsOf(setChangeSchema, change, name),
    ]),
    ...Object.keys({ ...edit.x, ...edit.text }).flatMap((name) =>
      kindProblem(entity, name, 'text'),
    ),
    ...(stored ? frozenProblems(edit, stored) : missingFields(entity, edit.s)),
  ]
  if (errors.length > 0) throw invalid(errors)
}

const kindProblem = (
  entity: AnyEntity,
  name: string,
  given: 'value' | 'set' | 'text',
): FieldProblem[] => {
  const field = fieldOf(entity, name)
  if (!field) return [{ path: name, message: `${entity.label} has no such field` }]
  const wanted = field.kind === 'tags' ? 'set' : field.kind === 'richText' ? 'text' : 'value'
  return wanted === given ? [] : [{ path: name, message: `cannot be changed as a ${given}` }]
}

const serverProblem = (entity: AnyEntity, name: string): FieldProblem[] =>
  fieldOf(entity, name)?.serverOnly ? [{ path: name, message: 'is set by the server alone' }] : []

const frozenProblems = (edit: EditInput, stored: StoredRecord): FieldProblem[] =>
  ['createdAt', 'createdBy']
    .filter(
      (name) => name in edit.s && stored.row[name] !== null && edit.s[name] !== stored.row[name],
    )
    .map((path) => ({ path, message: 'is set once, when the record is created' }))

/**
 * The stamp under which an edit is kept. Edits without one rank behind all that the record holds:
 * whoever asks for a change over HTTP has seen the record as it is. Those of a clock that runs
 * ahead are moved back to the limit, but stay behind each other: two that fell on one stamp would
 * be taken for the same patch, and the second be lost.
 */
const stampOf = ({ edit, stamp, now }: GateInput, held: readonly Patch[]): string => {
  if (edit.t === undefined) return stamp(newestStamp(fold(held)))
  if (!isStamp(edit.t)) throw new Refusal('sync.malformed')
  const t = clampStamp(edit.t, now + maxDriftMs)
  if (t === edit.t) return t
  const device = parseStamp(t).device
  const said = held.map((patch) => patch.t).filter((other) => other.endsWith(device))
  const last = said.sort().at(-1) ?? ''
  return t > last ? t : stampAfter(last)
}

const patchOf = (input: GateInput, held: readonly Patch[]): Patch => {
  const { edit, actor, now, stored } = input
  const t = stampOf(input, held)
  const s = { ...edit.s }
  if (!stored) {
    s.createdAt ??= new Date(now).toISOString()
    // Whoever creates a record offline says when; by whom is never left to the client.
    s.createdBy = actor.userId
  }
  const texts = Object.keys({ ...edit.x, ...edit.text })
  return {
    t,
    s,
    ...(edit.e && Object.keys(edit.e).length > 0 ? { e: edit.e } : {}),
    ...(texts.length > 0 ? { x: texts } : {}),
    // Colleagues read in the record who said what; never left to the client either. What the server
    // does by itself nobody said.
    ...(actor.userId === '' ? {} : { by: actor.userId }),
  }
}

/** A new record without texts, as most are, needs no document. */
const create = (input: GateInput): Accepted => {
  const { entity, edit } = input
  const patch = patchOf(input, [])
  const row = foldedRow(entity, edit.id, fold([patch]), {})
  const state = firstState(patch)
  requireRoom(state, undefined)
  return { state, row, before: null, created: true }
}

const apply = (input: GateInput): Accepted => {
  const { entity, edit, stored } = input
  if (!stored && !edit.x && !edit.text) return create(input)
  let doc: Y.Doc = openRecord(stored?.state)
  for (const [field, update] of Object.entries(edit.x ?? {})) {
    const outcome = applyTextUpdate(entity, doc, update)
    if (!outcome.ok)
      throw new Refusal('sync.text', {
        detail: `${entity.fields[field]?.label ?? field}: ${outcome.why}.`,
        errors: [{ path: field, message: outcome.why }],
      })
    doc = outcome.doc
  }
  for (const [field, text] of Object.entries(edit.text ?? {})) writeText(doc, field, text)
  const folded = addPatches(doc, [patchOf(input, patchesOf(doc))])
  const row = foldedRow(entity, edit.id, folded, readTexts(entity, doc))
  if (stored) requireStillComplete(entity, row)
  const state = recordState(doc)
  requireRoom(state, stored)
  return { state, row, before: stored?.row ?? null, created: !stored }
}

const requireRoom = (state: Uint8Array, stored: StoredRecord | undefined): void => {
  if (state.byteLength > maxStateBytes && state.byteLength > (stored?.state.byteLength ?? 0))
    throw new Refusal('sync.too-large', { detail: 'The record would become too large.' })
}

const requireStillComplete = (entity: AnyEntity, row: AnyRow): void => {
  const errors = missingFields(entity, row)
  if (errors.length > 0) throw invalid(errors)
}
