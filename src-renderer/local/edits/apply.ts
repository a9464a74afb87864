/** Turns one step into the edit of a record: what changes, the row afterwards, and the way back. */
import * as Y from 'yjs'
import { writeText } from '../../../shared/crdt/record-doc'
import { applyTextUpdate } from '../../../shared/crdt/text-update'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { mergeOf } from '../../../shared/kernel/field'
import { Refusal } from '../../../shared/kernel/refusal'
import { missingFields } from '../../../shared/kernel/schema'
import { freshClientId } from '../client-id'
import { elementsOf } from '../elements'
import { deriveRecord, openDocument } from '../record'
import type { LocalEdit, OutboxEntry, Step } from '../stored'

/** A record while a transaction works on it. */
export type Working = {
  entity: AnyEntity
  id: string
  /** `undefined` while there is no such record. */
  row: AnyRow | undefined
  seq: number
  gen: number
  state: Uint8Array | undefined
  pending: OutboxEntry[]
}

/** What is needed to make edits: who and when, and the next stamp. */
export type EditContext = { userId: string; now: string; stamp: () => string }

/** Without `n`: numbers are given when all edits of a commit are known. */
export type NewEdit = Omit<LocalEdit, 'n'>

export type Applied = { edit: NewEdit; row: AnyRow; undo: Step; redo: Step }

type Values = { [field: string]: unknown }

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const createdValues = (working: Working, step: Step, context: EditContext): Values => {
  const { fields } = working.entity
  const defaults = Object.entries(fields).filter(([, field]) => field.default !== undefined)
  return {
    ...Object.fromEntries(defaults.map(([name, field]) => [name, field.default])),
    ...(fields.ownerId ? { ownerId: context.userId } : {}),
    ...step.set,
    createdAt: context.now,
    createdBy: context.userId,
  }
}

type Parts = { s: Values; e: NonNullable<LocalEdit['e']>; rich: { [field: string]: string | null } }

const without = (elements: readonly string[], others: readonly string[]): string[] =>
  elements.filter((element) => !others.includes(element))

/** Sorts values by how their field merges and drops what would change nothing. */
const partsOf = (working: Working, values: Values, step: Step): Parts => {
  const parts: Parts = { s: {}, e: {}, rich: {} }
  const addSet = (name: string, add: string[], remove: string[]) => {
    if (add.length + remove.length === 0) return
    parts.e[name] = {
      ...(add.length > 0 ? { add } : {}),
      ...(remove.length > 0 ? { remove } : {}),
    }
  }
  for (const [name, value] of Object.entries(values)) {
    const kind = working.entity.fields[name]?.kind
    const current = working.row?.[name]
    const merge = kind === undefined ? 'value' : mergeOf[kind]
    if (merge === 'set')
      addSet(
        name,
        without(elementsOf(value), elementsOf(current)),
        without(elementsOf(current), elementsOf(value)),
      )
    else if (working.row && isSame(value, current)) continue
    else if (merge === 'text') {
      if ((value ?? '') !== (current ?? '')) parts.rich[name] = String(value ?? '')
    } else parts.s[name] = value
  }
  for (const [name, change] of Object.entries(step.sets ?? {})) {
    const current = elementsOf(working.row?.[name])
    addSet(
      name,
      without(change.add ?? [], current),
      (change.remove ?? []).filter((element) => current.includes(element)),
    )
  }
  return parts
}

/** Rich text as Yjs updates: those of an editor, and those that make a text say what was wanted. */
const textUpdates = (
  working: Working,
  step: Step,
  rich: Parts['rich'],
): { [field: string]: Uint8Array } => {
  const updates: { [field: string]: Uint8Array } = { ...step.text }
  if (Object.keys(updates).length + Object.keys(rich).length === 0) return updates
  const { doc } = openDocument({ state: working.state, edits: working.pending })
  for (const [name, update] of Object.entries(updates)) {
    const outcome = applyTextUpdate(working.entity, doc, update)
    if (!outcome.ok)
      throw new Refusal('sync.text', { errors: [{ path: name, message: outcome.why }] })
  }
  doc.clientID = freshClientId()
  for (const [name, text] of Object.entries(rich)) {
    const before = Y.encodeStateVector(doc)
    writeText(doc, name, text)
    updates[name] = Y.encodeStateAsUpdate(doc, before)
  }
  return updates
}

const previous = (row: AnyRow | undefined, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, row?.[name] ?? null]))

const inverse = (working: Working, parts: Parts, now: string): Step => {
  const { id, entity, row } = working
  if (!row) return { entity: entity.name, id, set: { deletedAt: now } }
  return {
    entity: entity.name,
    id,
    set: previous(row, [...Object.keys(parts.s), ...Object.keys(parts.rich)]),
    sets: Object.fromEntries(
      Object.entries(parts.e).map(([name, { add, remove }]) => [
        name,
        { ...(remove ? { add: remove } : {}), ...(add ? { remove: add } : {}) },
      ]),
    ),
  }
}

const repeated = (working: Working, parts: Parts): Step => {
  const { id, entity, row } = working
  if (!row) return { entity: entity.name, id, set: { deletedAt: null } }
  return { entity: entity.name, id, set: { ...parts.s, ...parts.rich }, sets: parts.e }
}

/** What was added can be taken back as a whole, never changed. */
const isDeletion = ({ set = {}, sets = {}, text = {} }: Step): boolean =>
  Object.keys(set).every((name) => name === 'deletedAt') &&
  Object.keys(sets).length + Object.keys(text).length === 0

/** The edit that a step makes of a record; `undefined` where it would change nothing. */
export const applyStep = (
  working: Working,
  step: Step,
  context: EditContext,
): Applied | undefined => {
  const { entity, id } = working
  if (step.create && working.row) throw new Refusal('record.exists')
  if (working.row && entity.kind === 'append' && !isDeletion(step))
    throw new Refusal('auth.forbidden', { detail: 'These records are added and never changed.' })
  const isNew = working.row === undefined
  const values = isNew ? createdValues(working, step, context) : (step.set ?? {})
  const parts = partsOf(working, values, step)
  if (isNew) {
    const errors = missingFields(entity, values)
    if (errors.length > 0) throw new Refusal('record.invalid', { errors })
  }
  const x = textUpdates(working, step, parts.rich)
  const counts = [parts.s, parts.e, x].map((part) => Object.keys(part).length)
  if (counts.every((count) => count === 0)) return undefined
  const edit: NewEdit = {
    entity: entity.name,
    id,
    t: context.stamp(),
    s: parts.s,
    ...(Object.keys(parts.e).length > 0 ? { e: parts.e } : {}),
    ...(Object.keys(x).length > 0 ? { x } : {}),
  }
  const edits = [...working.pending, { ...edit, n: 1 }]
  const { row } = deriveRecord(entity, id, { state: working.state, edits })
  return {
    edit,
    row,
    undo: inverse(working, parts, context.now),
    redo: repeated(working, parts),
  }
}
