/**
 * The check of rich-text updates that arrive from elsewhere. Bytes are never believed: an update
 * is applied to a copy, and only if nothing but the declared text changed does it count.
 */
import * as Y from 'yjs'
import type { AnyEntity } from '../kernel/entity'
import { openRecord, patchesOf, recordState, serverClientId } from './record-doc'

/** Largest text update that is taken, in bytes. */
export const maxTextUpdateBytes = 512 * 1024

export type TextUpdateOutcome = { ok: true; doc: Y.Doc } | { ok: false; why: string }

const allowedRoots = (entity: AnyEntity): Set<string> =>
  new Set([
    'patches',
    ...Object.entries(entity.fields)
      .filter(([, field]) => field.kind === 'richText')
      .map(([name]) => `text:${name}`),
  ])

const foreignStructs = (update: Uint8Array): string | undefined => {
  const { structs } = Y.decodeUpdate(update)
  if (structs.some((struct) => struct.id.client === serverClientId))
    return 'it writes under the id of the server'
  if (structs.some((struct) => struct instanceof Y.Skip)) return 'it has gaps'
  return undefined
}

const applied = (entity: AnyEntity, before: Y.Doc, update: Uint8Array): TextUpdateOutcome => {
  const doc = openRecord(recordState(before))
  Y.applyUpdate(doc, update)
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    return { ok: false, why: 'it builds on changes that the server does not have' }
  const roots = allowedRoots(entity)
  const stranger = [...doc.share.keys()].find((root) => !roots.has(root))
  if (stranger !== undefined) return { ok: false, why: 'it writes outside the text fields' }
  if (JSON.stringify(patchesOf(doc)) !== JSON.stringify(patchesOf(before)))
    return { ok: false, why: 'it changes fields that are not text' }
  return { ok: true, doc }
}

/** Applies one update to a copy of the record; the given document is left as it is either way. */
export const applyTextUpdate = (
  entity: AnyEntity,
  before: Y.Doc,
  update: Uint8Array,
): TextUpdateOutcome => {
  if (update.byteLength > maxTextUpdateBytes) return { ok: false, why: 'it is too large' }
  try {
    const foreign = foreignStructs(update)
    return foreign === undefined ? applied(entity, before, update) : { ok: false, why: foreign }
  } catch {
    // Yjs throws whatever its decoder trips over; to the sender all of it means the same.
    return { ok: false, why: 'it is not a readable Yjs update' }
  }
}
