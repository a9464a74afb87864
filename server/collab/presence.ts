/** Presence as members report it, cut down to what colleagues may be told. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { z } from 'zod'

/** Most bytes of one presence message: a name, a field and a cursor are some hundred. */
const maxBytes = 16 * 1024

/** Who stands behind a member; never what the member says of itself. */
export type Person = { id: string; name: string }

/** What a member may say: which field it is in, and where its cursor stands (Yjs positions). */
const stateSchema = z.object({
  field: z.string().max(64).nullish(),
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }).nullish(),
})

/** One client's part of a presence message; `state` is null for one that leaves. */
type Entry = { client: number; clock: number; state: unknown }

const readEntries = (update: Uint8Array): Entry[] => {
  if (update.byteLength > maxBytes) throw new RangeError('a presence message is too large')
  const decoder = decoding.createDecoder(update)
  const count = decoding.readVarUint(decoder)
  if (count > 16) throw new RangeError('a presence message speaks for too many')
  return Array.from({ length: count }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as unknown,
  }))
}

const writeEntries = (entries: readonly Entry[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  }
  return encoding.toUint8Array(encoder)
}

/**
 * The message as it is passed on: it speaks for nobody but the member, under the member's own name.
 * `mine` decides whether a client id belongs to this member. Throws for what is no such message.
 */
export const ownPresence = (
  update: Uint8Array,
  person: Person,
  mine: (client: number) => boolean,
): { update: Uint8Array; clients: number[] } => {
  const entries = readEntries(update)
    .filter(({ client }) => mine(client))
    .map((entry) => ({
      ...entry,
      state: entry.state === null ? null : { ...stateSchema.parse(entry.state), user: person },
    }))
  return { update: writeEntries(entries), clients: entries.map(({ client }) => client) }
}
