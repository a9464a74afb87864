/**
 * Unpacks pages as they arrive, while the page before is being written: states are opened and folded
 * in short pieces, so that whatever else this worker is asked is answered in between.
 */
import { z } from 'zod'
import { entityNamed } from '../../../shared/features'
import { decodeFrame } from '../../../shared/protocol/frame'
import { maxPageRecords, type RecordTuple, recordTupleSchema } from '../../../shared/protocol/sync'
import { recordKey } from '../edits/working'
import { type DerivedRecord, deriveRecord } from '../record'
import type { EngineDeps } from './types'

/** The records of a page, and each by name as it is where no edits wait for it. */
export type Unpacked = {
  records: readonly RecordTuple[]
  derived: ReadonlyMap<string, DerivedRecord>
}

/** Records folded in one piece: some ten milliseconds. */
const pieceSize = 200

const tuplesSchema = z.array(recordTupleSchema).max(maxPageRecords)

/** Throws on what is not a page. */
export const unpack = async (
  { inflate, time }: Pick<EngineDeps, 'inflate' | 'time'>,
  packed: Uint8Array,
): Promise<Unpacked> => {
  const records = tuplesSchema.parse(decodeFrame(await inflate(packed)))
  const derived = new Map<string, DerivedRecord>()
  for (const [index, [name, id, , state]] of records.entries()) {
    if (index > 0 && index % pieceSize === 0)
      await new Promise<void>((resolve) => {
        time.after(0, resolve)
      })
    const entity = entityNamed(name)
    if (entity && state)
      derived.set(recordKey({ entity: name, id }), deriveRecord(entity, id, { state, edits: [] }))
  }
  return { records, derived }
}
