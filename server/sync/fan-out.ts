/** Live frames of one connection: what has just been written, in order and without silent gaps. */
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { WrittenRecord } from '../kernel/commit/draft'
import { pageBytes } from './page'
import type { View } from './view'

/** A client that reads this far behind is told nothing live any more; it pulls when it has caught up. */
const maxBufferedBytes = 16 * 1024 * 1024

/** `buffered` gives the bytes that wait to be sent. */
export const createFanOut = (deps: {
  send: (message: ServerMessage) => void
  buffered: () => number
  /** What the client's user sees, as things stand. */
  view: () => View
}) => {
  /** The seq up to which this client has been told everything; `undefined` until it is live. */
  const state: { told: number | undefined } = { told: undefined }
  const isBehind = (seq: number): boolean =>
    state.told !== undefined && state.told < seq && deps.buffered() <= maxBufferedBytes

  return {
    /** Starts from a seq that catch-up has reached, or waits for catch-up. */
    start: (seq: number | undefined): void => {
      state.told = seq
    },
    isLive: (): boolean => state.told !== undefined,
    /** Tells of records that have just been written, given in order of seq. */
    announce: (records: readonly WrittenRecord[]): void => {
      const [first, last] = [records.at(0), records.at(-1)]
      if (!first || !last || !isBehind(last.seq)) return
      // Another process on the same database may have written what nobody here was told of: then
      // the gap in `prev` makes the client pull.
      let prev = Math.max(state.told ?? 0, first.seq - 1)
      const frames = framesOf(tuplesFor(deps.view(), records))
      frames.forEach((tuples, index) => {
        const isLast = index === frames.length - 1
        const upTo = isLast ? last.seq : (tuples.at(-1)?.[2] ?? prev)
        deps.send({ type: 'live', prev, upTo, records: tuples })
        prev = upTo
      })
      state.told = prev
    },
    /** Tells that there is more up to `seq`; again it is the gap that makes the client pull. */
    nudge: (seq: number): void => {
      if (!isBehind(seq)) return
      deps.send({ type: 'live', prev: seq, upTo: seq, records: [] })
      state.told = seq
    },
  }
}

/** The latest state of each record as it is shown, in order of seq; `null` where it went out of sight. */
const tuplesFor = (view: View, records: readonly WrittenRecord[]): RecordTuple[] => {
  const versions = new Map<string, WrittenRecord[]>()
  for (const one of records) {
    const name = `${one.entity} ${one.id}`
    const known = versions.get(name)
    if (known) known.push(one)
    else versions.set(name, [one])
  }
  const tuples: RecordTuple[] = []
  for (const all of versions.values()) {
    const last = all.at(-1)
    if (!last) continue
    const { entity, id, seq, state } = last
    const isShown = view.seesAll(entity) || view.sees(entity, last.row)
    const wasShown = () => all.some(({ before }) => before !== null && view.sees(entity, before))
    if (isShown) tuples.push([entity, id, seq, view.shown(entity, state)])
    else if (wasShown()) tuples.push([entity, id, seq, null])
  }
  return tuples.sort((a, b) => a[2] - b[2])
}

/** Parts that fit into a frame; at least one, which may be empty. */
const framesOf = (tuples: readonly RecordTuple[]): RecordTuple[][] => {
  const frames: RecordTuple[][] = [[]]
  let room = pageBytes
  for (const tuple of tuples) {
    const size = tuple[3]?.byteLength ?? 0
    if (size > room && frames.at(-1)?.length !== 0) {
      frames.push([])
      room = pageBytes
    }
    room -= size
    frames.at(-1)?.push(tuple)
  }
  return frames
}
