/**
 * Reads the patches of a record straight from its state, in the format of Yjs' updates (version 1).
 * A copy of a workspace folds records by the hundred thousand, and a document for each takes several
 * times as long. What holds more than patches (rich text) is left to Yjs.
 */
import * as decoding from 'lib0/decoding'
import type { Patch } from './patch'
import { patchesRoot, plainContent } from './record-doc'

type Decoder = decoding.Decoder

/** The state is made of something else than patches alone. */
class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

const kinds = { gc: 0, deleted: 1, any: plainContent }
const kindBits = 0b0001_1111
const hasKey = 0b0010_0000
const hasRightOrigin = 0b0100_0000
const hasOrigin = 0b1000_0000

/** Longer texts are quicker with the platform's decoder. */
const shortText = 64

const readString = (decoder: Decoder): string => {
  const start = decoder.pos
  const end = decoding.readVarUint(decoder) + decoder.pos
  const { arr: bytes, pos: first } = decoder
  let text = ''
  for (let at = first; at < end && end - first <= shortText; at += 1) {
    const byte = bytes[at] ?? 128
    if (byte > 127) break
    text += String.fromCharCode(byte)
  }
  if (text.length === end - first) {
    decoder.pos = end
    return text
  }
  decoder.pos = start
  return decoding.readVarString(decoder)
}

const readObject = (decoder: Decoder): { [key: string]: unknown } => {
  const object: { [key: string]: unknown } = {}
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const key = readString(decoder)
    object[key] = readAny(decoder)
  }
  return object
}

const readArray = (decoder: Decoder): unknown[] => {
  const array: unknown[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) array.push(readAny(decoder))
  return array
}

/** Values as lib0 writes them; what is not read here is read by lib0. */
const readAny = (decoder: Decoder): unknown => {
  const kind = decoder.arr[decoder.pos]
  const read = kind === undefined ? undefined : quick[kind]
  if (!read) return decoding.readAny(decoder)
  decoder.pos += 1
  return read(decoder)
}

const quick: { [kind: number]: (decoder: Decoder) => unknown } = {
  117: readArray,
  118: readObject,
  119: readString,
}

type Held = { client: number; clock: number; length: number }

/** Reads one struct; patches are added to `patches`, where they stand to `held`. Answers its length. */
const readStruct = (
  decoder: Decoder,
  { client, clock }: Omit<Held, 'length'>,
  found: { patches: Patch[]; held: Held[] },
): number => {
  const info = decoding.readUint8(decoder)
  const kind = info & kindBits
  if (kind === kinds.gc) return decoding.readVarUint(decoder)
  if (kind !== kinds.any && kind !== kinds.deleted) throw new NotPlain()
  skipPlace(decoder, info)
  const length = decoding.readVarUint(decoder)
  if (kind === kinds.deleted) return length
  found.held.push({ client, clock, length })
  // Written by the gate alone, which checks their shape.
  for (let left = length; left > 0; left -= 1) found.patches.push(readAny(decoder) as Patch)
  return length
}

/** Reads over where an item stands; what stands elsewhere than in the array of patches is not plain. */
const skipPlace = (decoder: Decoder, info: number): void => {
  for (const origin of [hasOrigin, hasRightOrigin])
    if ((info & origin) !== 0) {
      decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
    }
  const isNamed = (info & (hasOrigin | hasRightOrigin)) === 0
  if ((info & hasKey) !== 0) throw new NotPlain()
  if (!isNamed) return
  if (decoding.readVarUint(decoder) !== 1 || readString(decoder) !== patchesRoot)
    throw new NotPlain()
}

/** What is deleted leaves its place only, so that nothing which was read may be in there. */
const requireNothingDeleted = (decoder: Decoder, held: readonly Held[]): void => {
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    const client = decoding.readVarUint(decoder)
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges -= 1) {
      const from = decoding.readVarUint(decoder)
      const to = from + decoding.readVarUint(decoder)
      const isHeld = (item: Held) =>
        item.client === client && item.clock < to && item.clock + item.length > from
      if (held.some(isHeld)) throw new NotPlain()
    }
  }
}

const read = (decoder: Decoder): Patch[] => {
  const found = { patches: [] as Patch[], held: [] as Held[] }
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    // A state that begins later waits for what comes before.
    if (clock !== 0) throw new NotPlain()
    for (; structs > 0; structs -= 1) clock += readStruct(decoder, { client, clock }, found)
  }
  requireNothingDeleted(decoder, found.held)
  return found.patches
}

/** The patches of a record that consists of nothing else, in no meaningful order; else `undefined`. */
export const plainPatches = (state: Uint8Array): Patch[] | undefined => {
  try {
    return read(decoding.createDecoder(state))
  } catch {
    // Rich text, or a damaged state: both are for Yjs to read.
    return undefined
  }
}
