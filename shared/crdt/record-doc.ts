/**
 * A record as a small Yjs document: the array `patches` and one XML fragment per rich-text field.
 * See SPEC.md; the measurements behind it stand in docs/architecture.md.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { decidingStamps, type Folded, fold, type Patch } from './patch'

/** The shared array that holds a record's patches. */
export const patchesRoot = 'patches'
const textPrefix = 'text:'

/**
 * The Yjs client id under which the server writes patches. All writes of a record go through one
 * transaction of the store, so one id serves for all of them and state vectors do not grow.
 */
export const serverClientId = 1

/** Opens a record's state; a fresh document where there is none. A constant guid costs a tenth of a random one. */
export const openRecord = (state?: Uint8Array): Y.Doc => {
  const doc = new Y.Doc({ guid: 'record' })
  if (state) Y.applyUpdate(doc, state)
  // Only after applying: Yjs draws another id when a state names the document's own.
  doc.clientID = serverClientId
  return doc
}

/** The whole record as one Yjs update. */
export const recordState = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc)

const patchArray = (doc: Y.Doc): Y.Array<Patch> => doc.getArray<Patch>(patchesRoot)

/** What Yjs writes for plain values in an array (`ContentAny`). */
export const plainContent = 8

/**
 * The state of a record of which this patch is all there is: the very bytes that `addPatches` and
 * `recordState` give, in the format of Yjs' updates (version 1). Records are made by the ten thousand,
 * and a document for each takes longer than everything else that the gate looks at.
 */
export const firstState = (patch: Patch): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1()
  const number = (value: number) => encoding.writeVarUint(encoder.restEncoder, value)
  // One client with one item, whose clock is 0.
  number(1)
  number(1)
  encoder.writeClient(serverClientId)
  number(0)
  // It has no neighbours, so that its parent is named: a root.
  encoder.writeInfo(plainContent)
  encoder.writeParentInfo(true)
  encoder.writeString(patchesRoot)
  encoder.writeLen(1)
  encoder.writeAny(patch)
  // Nothing is deleted.
  number(0)
  return encoder.toUint8Array()
}

/** The record's patches, in no meaningful order. */
export const patchesOf = (doc: Y.Doc): Patch[] => patchArray(doc).toArray()

/**
 * Adds patches that the record does not hold yet and deletes those that decide nothing any more.
 * Returns the fold afterwards.
 */
export const addPatches = (doc: Y.Doc, incoming: readonly Patch[]): Folded => {
  const array = patchArray(doc)
  const held = array.toArray()
  const stamps = new Set(held.map((patch) => patch.t))
  const fresh = incoming.filter((patch) => !stamps.has(patch.t))
  const folded = fold([...held, ...fresh])
  const deciding = decidingStamps(folded)
  doc.transact(() => {
    for (let index = held.length - 1; index >= 0; index -= 1)
      if (!deciding.has(held[index]?.t ?? '')) array.delete(index)
    const kept = fresh.filter((patch) => deciding.has(patch.t))
    if (kept.length > 0) array.push(kept)
  })
  return folded
}

/** Puts another patch in the place of each that is meant; nothing of the old ones remains in the state. */
export const replacePatches = (
  doc: Y.Doc,
  isMeant: (patch: Patch) => boolean,
  replace: (patch: Patch) => Patch,
): void => {
  const array = patchArray(doc)
  const held = array.toArray()
  doc.transact(() => {
    for (let index = held.length - 1; index >= 0; index -= 1) {
      const patch = held[index]
      if (patch && isMeant(patch)) array.delete(index)
    }
    array.push(held.filter(isMeant).map(replace))
  })
}

/** The shared type behind a rich-text field, for an editor to bind to. */
export const textFragment = (doc: Y.Doc, field: string): Y.XmlFragment =>
  doc.getXmlFragment(textPrefix + field)

type TextNode = Y.XmlFragment | Y.XmlElement | Y.XmlText | Y.XmlHook

const inlineText = (node: TextNode): string => {
  if (node instanceof Y.XmlText)
    return node
      .toDelta()
      .map((part: { insert: unknown }) => (typeof part.insert === 'string' ? part.insert : ''))
      .join('')
  if (node instanceof Y.XmlElement && node.nodeName === 'hardBreak') return '\n'
  if (node instanceof Y.XmlFragment) return blockText(node)
  return ''
}

const isInline = (node: TextNode): boolean =>
  node instanceof Y.XmlText || (node instanceof Y.XmlElement && node.nodeName === 'hardBreak')

const blockText = (node: Y.XmlFragment): string => {
  const children: TextNode[] = node.toArray()
  return children
    .map((child, index) => {
      const previous = children[index - 1]
      const breaks = previous !== undefined && !(isInline(child) && isInline(previous))
      return (breaks ? '\n' : '') + inlineText(child)
    })
    .join('')
}

/** A rich-text field as plain text, one line a paragraph; `null` where nothing was ever written. */
export const readText = (doc: Y.Doc, field: string): string | null => {
  const fragment = textFragment(doc, field)
  return fragment.length === 0 ? null : blockText(fragment)
}

const paragraph = (line: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph')
  if (line !== '') element.insert(0, [new Y.XmlText(line)])
  return element
}

/**
 * Makes a rich-text field say `text`, keeping untouched paragraphs (and what others write in them
 * meanwhile) as they are.
 */
export const writeText = (doc: Y.Doc, field: string, text: string | null): void => {
  const fragment = textFragment(doc, field)
  const nodes: TextNode[] = fragment.toArray()
  const old = nodes.map(inlineText)
  const lines = text === null || text === '' ? [] : text.split(/\r\n|\r|\n/)
  const shortest = Math.min(old.length, lines.length)
  let head = 0
  while (head < shortest && old[head] === lines[head]) head += 1
  let tail = 0
  while (tail < shortest - head && old[old.length - 1 - tail] === lines[lines.length - 1 - tail])
    tail += 1
  doc.transact(() => {
    const surplus = old.length - head - tail
    if (surplus > 0) fragment.delete(head, surplus)
    const added = lines.slice(head, lines.length - tail).map(paragraph)
    if (added.length > 0) fragment.insert(head, added)
  })
}
