/** How both sides of an audit put a range of records into a few bytes. */

const offset = 0x811c9dc5
const prime = 0x01000193
const encoder = new TextEncoder()

const mix = (hash: number, bytes: Uint8Array): number => {
  let mixed = hash
  for (const byte of bytes) mixed = Math.imul(mixed ^ byte, prime)
  return mixed
}

/** What a hash is made of. */
export type Audited = { entity: string; id: string; seq: number; state: Uint8Array }

/** FNV-1a (32 bits) of `entity/id/seq` in UTF-8 followed by the state. */
export const recordHash = ({ entity, id, seq, state }: Audited): number =>
  mix(mix(offset, encoder.encode(`${entity}/${id}/${seq}`)), state) >>> 0

/** FNV-1a (32 bits) of the records' hashes in seq order, each as four bytes, the highest first. */
export const rangeHash = (hashes: Iterable<number>): number => {
  let mixed = offset
  for (const hash of hashes)
    mixed = mix(mixed, Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash))
  return mixed >>> 0
}
