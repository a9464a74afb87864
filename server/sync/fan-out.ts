/** Live frames of one connection: what has just been written, in order and without silent gaps. */
import type { RecordTuple, ServerMessage } from '../../shared/protocol/sync'
import type { StoredRecord } from '../kernel/ports'
import { pageBytes } from './pages'

/** A client that reads this far behind is told nothing live any more; it pulls when it has caught up. */
const maxBufferedBytes = 16 * 1024 * 1024

/** `buffered` gives the bytes that wait to be sent. */
export const createFanOut = (deps: {
  send: (message: ServerMessage) => void
  buffered: () => number
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
    announce: (records: readonly StoredRecord[]): void => {
      const [first, last] = [records.at(0), records.at(-1)]
      if (!first || !last || !isBehind(last.seq)) return
      // Another process on the same database may have written what nobody here was told of: then
      // the gap in `prev` makes the client pull.
      let prev = Math.max(state.told ?? 0, first.seq - 1)
      for (const tuples of framesOf(records)) {
        const upTo = tuples.at(-1)?.[2] ?? prev
        deps.send({ type: 'live', prev, upTo, records: tuples })
        prev = upTo
      }
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

/** The latest state of each record in order of seq, in parts that fit into a frame. */
const framesOf = (records: readonly StoredRecord[]): RecordTuple[][] => {
  const latest = new Map(records.map((one) => [`${one.entity} ${one.id}`, one]))
  const frames: RecordTuple[][] = []
  let room = 0
  for (const { entity, id, seq, state } of [...latest.values()].sort((a, b) => a.seq - b.seq)) {
    room -= state.byteLength
    if (room < 0 || frames.length === 0) {
      frames.push([])
      room = pageBytes - state.byteLength
    }
    frames.at(-1)?.push([entity, id, seq, state])
  }
  return frames
}
