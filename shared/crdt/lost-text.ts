/**
 * Text that one copy of a record holds and another, older one lacks, as an update for the latter:
 * what a device offers to a server that was restored from a backup. Characters keep their identity,
 * so that several devices may offer the same words and they stand there once.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { AnyEntity } from '../kernel/entity'
import {
  openRecord,
  readText,
  recordState,
  serverClientId,
  textFragment,
  writeText,
} from './record-doc'
import { applyTextUpdate, textFieldsOf } from './text-update'

type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds']

/** The delete set as Yjs writes it at the end of an update (its format version 1). */
const encodedDeletions = ({ clients }: DeleteSet): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, clients.size)
  for (const [client, items] of clients) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, items.length)
    for (const { clock, len } of items) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, len)
    }
  }
  return encoding.toUint8Array(encoder)
}

/**
 * A text update without what it deletes of the server's own items: nearly all of those are patches,
 * which a restored server numbers anew, so that the numbers mean others there.
 */
export const withoutServerDeletions = (update: Uint8Array): Uint8Array => {
  const { ds } = Y.decodeUpdate(update)
  const structs = update.subarray(0, update.byteLength - encodedDeletions(ds).byteLength)
  ds.clients.delete(serverClientId)
  const deletions = encodedDeletions(ds)
  const result = new Uint8Array(structs.byteLength + deletions.byteLength)
  result.set(structs)
  result.set(deletions, structs.byteLength)
  return result
}

/** Whether a new item hangs on one of the server's that the restored server numbers anew. */
const leansOnServer = (update: Uint8Array, from: number): boolean =>
  Y.decodeUpdate(update).structs.some((struct) => {
    if (!(struct instanceof Y.Item)) return false
    const parent: unknown = struct.parent
    return [struct.origin, struct.rightOrigin, parent].some(
      (id) => id instanceof Y.ID && id.client === serverClientId && id.clock >= from,
    )
  })

/** Everything behind `known` that was not written under the server's id. */
const difference = (old: Y.Doc, known: Y.Doc): Uint8Array => {
  const held = Y.decodeStateVector(Y.encodeStateVector(known))
  const all = Y.decodeStateVector(Y.encodeStateVector(old))
  const from = new Map([...held, [serverClientId, all.get(serverClientId) ?? 0] as const])
  return Y.encodeStateAsUpdate(old, Y.encodeStateVector(from))
}

const says = (doc: Y.Doc, field: string): string => textFragment(doc, field).toString()

/** The older copy with the difference applied; `undefined` where it cannot take it. */
const faithful = (
  entity: AnyEntity,
  old: Y.Doc,
  known: Y.Doc,
): { update: Uint8Array; doc: Y.Doc } | undefined => {
  const from = Y.decodeStateVector(Y.encodeStateVector(known)).get(serverClientId) ?? 0
  const update = withoutServerDeletions(difference(old, known))
  if (leansOnServer(update, from)) return undefined
  const outcome = applyTextUpdate(entity, known, update)
  return outcome.ok ? { update, doc: outcome.doc } : undefined
}

const linesOf = (doc: Y.Doc, field: string): string[] => (readText(doc, field) ?? '').split('\n')

/** Lines that only the newer copy has, written anew at the end: better twice than lost. */
const rewritten = (
  entity: AnyEntity,
  { old, known }: { old: Y.Doc; known: Y.Doc },
  clientId: number,
): { update: Uint8Array; doc: Y.Doc } => {
  const doc = openRecord(recordState(known))
  doc.clientID = clientId
  const before = Y.encodeStateVector(doc)
  for (const name of textFieldsOf(entity)) {
    const kept = linesOf(doc, name)
    const missing = linesOf(old, name).filter((line) => !kept.includes(line))
    if (missing.length > 0) writeText(doc, name, [...kept, ...missing].join('\n'))
  }
  return { update: Y.encodeStateAsUpdate(doc, before), doc }
}

/**
 * Per text field to which `old` adds something the update that does so; all fields share one.
 * `clientId` must be fresh: text that has no usable identity is written under it. That is text which
 * hangs on what came in under the server's own id, over HTTP.
 */
export const lostText = (
  entity: AnyEntity,
  copies: { old: Y.Doc; known: Y.Doc },
  clientId: number,
): { [field: string]: Uint8Array } => {
  const { old, known } = copies
  const differs = textFieldsOf(entity).some((name) => says(old, name) !== says(known, name))
  if (!differs) return {}
  const { update, doc } = faithful(entity, old, known) ?? rewritten(entity, copies, clientId)
  const fields = textFieldsOf(entity).filter((name) => says(doc, name) !== says(known, name))
  return Object.fromEntries(fields.map((name) => [name, update]))
}
