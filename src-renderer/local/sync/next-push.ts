/** Chooses what to push next: in order, groups whole, within the limits of a frame. */
import { encodeFrame } from '../../../shared/protocol/frame'
import { maxFrameBytes } from '../../../shared/protocol/sync'
import type { Database } from '../database'
import type { LocalEdit, OutboxEntry } from '../stored'

const pushEdits = 500
const pushBytes = maxFrameBytes / 2
/** Enough for a full push and the rest of a group that begins in it. */
const readAhead = 2 * pushEdits + 1

const toWire = ({ at, acked, isOffer, ...edit }: OutboxEntry): LocalEdit => edit

const groupsOf = (entries: readonly OutboxEntry[]): LocalEdit[][] => {
  const groups: LocalEdit[][] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last && entry.g !== undefined && last[0]?.g === entry.g) last.push(toWire(entry))
    else groups.push([toWire(entry)])
  }
  return groups
}

const unanswered = async (database: Database, after: number): Promise<OutboxEntry[]> => {
  let last = after
  for (;;) {
    const entries = await database.outbox.where('n').above(last).limit(readAhead).toArray()
    const open = entries.filter(({ acked }) => acked === undefined)
    if (open.length > 0 || entries.length < readAhead) return open
    last = entries.at(-1)?.n ?? last
  }
}

export const nextPush = async (
  database: Database,
  after: number,
  { oneGroup }: { oneGroup: boolean },
): Promise<LocalEdit[]> => {
  const taken: LocalEdit[] = []
  let bytes = 0
  for (const group of groupsOf(await unanswered(database, after))) {
    const size = encodeFrame(group).byteLength
    const isFull = oneGroup || taken.length + group.length > pushEdits || bytes + size > pushBytes
    if (taken.length > 0 && isFull) break
    taken.push(...group)
    bytes += size
  }
  return taken
}
