/**
 * The check of rich-text updates that arrive from elsewhere. Bytes are never believed: an update
 * is applied to a copy, and only if nothing but the declared text changed does it count.
 */
import * as Y from 'yjs'
import type { AnyEntity } from '../kernel/entity'
import { openRecord, patchesOf, recordState, serverClientId, textFragment } from './record-doc'

/** Largest text update that is taken, in bytes. */
export const maxTextUpdateBytes = 512 * 1024

export type TextUpdateOutcome = { ok: true; doc: Y.Doc } | { ok: false; why: string }

/** How deep paragraphs, lists and quotes may stand in each other. */
const maxDepth = 60

/** Names of an entity's rich-text fields. */
export const textFieldsOf = (entity: AnyEntity): string[] =>
  Object.entries(entity.fields)
    .filter(([, field]) => field.kind === 'richText')
    .map(([name]) => name)

const allowedRoots = (entity: AnyEntity): Set<string> =>
  new Set(['patches', ...textFieldsOf(entity).map((name) => `text:${name}`)])

/** The root that a decoded item names; its type says nothing of the name that stands there before it is applied. */
const rootOf = (struct: unknown): unknown => {
  if (!(struct instanceof Y.Item)) return undefined
  const parent: unknown = struct.parent
  return parent
}

const foreignStructs = (update: Uint8Array): string | undefined => {
  const { structs } = Y.decodeUpdate(update)
  if (structs.some((struct) => struct.id.client === serverClientId))
    return 'it writes under the id of the server'
  if (structs.some((struct) => struct instanceof Y.Skip)) return 'it has gaps'
  // Keys of a map can hide in the array of patches without changing what it lists.
  if (structs.some((struct) => rootOf(struct) === 'patches'))
    return 'it changes fields that are not text'
  return undefined
}

const isPlainText = (node: Y.XmlText): boolean =>
  node.toDelta().every((part: { insert: unknown }) => typeof part.insert === 'string')

/** Whether a field holds nothing but elements and text, as editors on every client expect it. */
const isDocument = (fragment: Y.XmlFragment): boolean => {
  // Not recursive: the depth is what the sender chose.
  const open: { node: Y.XmlFragment; depth: number }[] = [{ node: fragment, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next
    if (depth > maxDepth) return false
    for (const child of node.toArray())
      if (child instanceof Y.XmlElement) open.push({ node: child, depth: depth + 1 })
      else if (!(child instanceof Y.XmlText && isPlainText(child))) return false
  }
  return true
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
  if (!textFieldsOf(entity).every((name) => isDocument(textFragment(doc, name))))
    return { ok: false, why: 'it holds something other than text' }
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
