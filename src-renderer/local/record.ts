/** From a record's base state and its waiting edits to the row that is shown and stored. */
import * as Y from 'yjs'
import { fold, newestStamp, type Patch } from '../../shared/crdt/patch'
import { plainPatches } from '../../shared/crdt/plain-patches'
import { openRecord, patchesOf } from '../../shared/crdt/record-doc'
import { foldedRow, noTexts, readTexts } from '../../shared/crdt/row'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { defaultSort, sortKeyOf } from './sort-key'
import type { LocalEdit, StoredRow } from './stored'

/** What a record is made of here: the server's state, if it has one, and edits that may not be in it. */
export type RecordParts = { state?: Uint8Array | undefined; edits: readonly LocalEdit[] }

/** A record as one document; `readable` is false where the stored state is damaged and was left out. */
export type OpenedRecord = { doc: Y.Doc; readable: boolean }

/** The record's document with all waiting text edits in it; the patches of waiting edits are not. */
export const openDocument = ({ state, edits }: RecordParts): OpenedRecord => {
  const opened = openState(state)
  for (const edit of edits)
    for (const update of Object.values(edit.x ?? {})) Y.applyUpdate(opened.doc, update)
  return opened
}

const openState = (state: Uint8Array | undefined): OpenedRecord => {
  try {
    return { doc: openRecord(state), readable: true }
  } catch {
    // One damaged record must not stop the others: it is derived without its base and fetched again.
    return { doc: openRecord(), readable: false }
  }
}

/** A waiting edit as the patch that the gate makes of it. */
export const patchOf = ({ t, s, e, x }: LocalEdit): Patch => ({
  t,
  s,
  ...(e ? { e } : {}),
  ...(x ? { x: Object.keys(x) } : {}),
})

export type DerivedRecord = {
  row: AnyRow
  /** The newest stamp in the record, for the clock to learn of. */
  newest: string
  /** The server's patches, without the edits that wait. */
  patches: readonly Patch[]
  readable: boolean
}

type Read = Pick<DerivedRecord, 'patches' | 'readable'> & { texts: Texts }

type Texts = ReturnType<typeof readTexts>

const readParts = (entity: AnyEntity, parts: RecordParts): Read => {
  const hasTexts = parts.edits.some(({ x }) => x !== undefined)
  // Most records are patches alone, which are read without a document.
  const plain = parts.state && !hasTexts ? plainPatches(parts.state) : undefined
  if (plain) return { patches: plain, readable: true, texts: noTexts(entity) }
  const { doc, readable } = openDocument(parts)
  return { patches: patchesOf(doc), readable, texts: readTexts(entity, doc) }
}

/** Folds a record to its row. */
export const deriveRecord = (entity: AnyEntity, id: string, parts: RecordParts): DerivedRecord => {
  const { patches, readable, texts } = readParts(entity, parts)
  const folded = fold([...patches, ...parts.edits.map(patchOf)])
  return {
    row: foldedRow(entity, id, folded, texts),
    newest: newestStamp(folded),
    patches,
    readable,
  }
}

const noTitles = () => undefined

/** The row itself, with everything that is stored beside it: a copy of forty fields is felt. */
export const toStoredRow = (
  entity: AnyEntity,
  row: AnyRow,
  base: { seq: number; gen: number; state?: Uint8Array | undefined },
): StoredRow => {
  const $key = sortKeyOf(entity, defaultSort(entity).field, noTitles)(row)
  return Object.assign(
    row,
    { $seq: base.seq, $gen: base.gen },
    base.state && { $state: base.state },
    $key !== null && { $key },
  )
}

/** The row without what is stored beside it. */
export const toRow = (stored: StoredRow): AnyRow => {
  const { $seq, $gen, $state, $key, ...row } = stored
  return row
}
