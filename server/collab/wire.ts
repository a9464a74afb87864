/**
 * Frames of the y-websocket protocol (y-protocols: PROTOCOL.md): a number for the kind, then the
 * message of that kind. Whatever arrives is bytes of a stranger: reading them may throw.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync'
import type * as Y from 'yjs'

const kinds = { sync: 0, awareness: 1, queryAwareness: 3 } as const

/** What a member of a room says. */
export type CollabMessage =
  | { type: 'ask'; stateVector: Uint8Array }
  | { type: 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'askAwareness' }

/** Reads one frame; throws where it is none of this protocol. */
export const readCollabMessage = (frame: Uint8Array): CollabMessage => {
  const decoder = decoding.createDecoder(frame)
  const kind = decoding.readVarUint(decoder)
  if (kind === kinds.queryAwareness) return { type: 'askAwareness' }
  if (kind === kinds.awareness)
    return { type: 'awareness', update: decoding.readVarUint8Array(decoder) }
  if (kind !== kinds.sync) throw new RangeError(`unknown kind of message ${kind}`)
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  return step === messageYjsSyncStep1
    ? { type: 'ask', stateVector: bytes }
    : { type: 'update', update: bytes }
}

const framed = (kind: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, kind)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

/** Asks the member for what the document lacks. */
export const askFrame = (doc: Y.Doc): Uint8Array =>
  framed(kinds.sync, (encoder) => writeSyncStep1(encoder, doc))

/** What the document holds beyond the state vector. */
export const answerFrame = (doc: Y.Doc, stateVector: Uint8Array): Uint8Array =>
  framed(kinds.sync, (encoder) => writeSyncStep2(encoder, doc, stateVector))

export const updateFrame = (update: Uint8Array): Uint8Array =>
  framed(kinds.sync, (encoder) => writeUpdate(encoder, update))

export const awarenessFrame = (update: Uint8Array): Uint8Array =>
  framed(kinds.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update))
