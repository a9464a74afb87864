/**
 * Compares this copy with the server's, range by range: equal hashes need nothing more, ranges that
 * differ are fetched whole and mended. Edits that wait stay laid over whatever is fetched.
 */
import { z } from 'zod'
import { rangeHash } from '../../../shared/protocol/audit'
import { decodeFrame } from '../../../shared/protocol/frame'
import {
  maxPageRecords,
  recordTupleSchema,
  type ServerMessage,
} from '../../../shared/protocol/sync'
import type { EngineDeps, Survey } from './types'

type Audited = Extract<ServerMessage, { type: 'audited' }>

/** Records in one range: small enough to be fetched whole for the sake of one. */
const rangeRecords = 500

const tuplesSchema = z.array(recordTupleSchema).max(maxPageRecords)

export type Audit = {
  /** Begins, unless a comparison is under way; `upTo` is what has been pulled. */
  start: (upTo: number) => Promise<void>
  /** Takes an answer and asks on. */
  answered: (message: Audited) => Promise<void>
}

/** The comparisons of one connection. */
export const createAudit = (
  { storage, inflate }: Pick<EngineDeps, 'storage' | 'inflate'>,
  send: (message: { type: 'audit'; [key: string]: unknown }) => void,
): Audit => {
  let running: (Survey & { upTo: number; checked: number }) | undefined

  const ask = (after: number, options: { upTo: number; whole: boolean }) =>
    send({ type: 'audit', after, limit: rangeRecords, ...options })

  const goOn = async (audit: NonNullable<typeof running>, after: number): Promise<void> => {
    if (after < audit.upTo) return ask(after, { upTo: audit.upTo, whole: false })
    running = undefined
    await storage.audited({ checked: audit.checked, healed: audit.healed })
  }

  return {
    start: async (upTo) => {
      if (running) return
      const audit = { ...(await storage.survey()), upTo, checked: 0 }
      running = audit
      await goOn(audit, 0)
    },
    answered: async ({ after, upTo, count, hash, records }) => {
      if (!running) return
      if (records) {
        const tuples = tuplesSchema.parse(decodeFrame(await inflate(records)))
        running.healed += await storage.heal(tuples)
        running.checked += count
        return goOn(running, upTo)
      }
      const held = running.held.filter(({ seq }) => seq > after && seq <= upTo)
      if (held.length !== count || rangeHash(held.map((one) => one.hash)) !== hash)
        return ask(after, { upTo, whole: true })
      running.checked += count
      return goOn(running, upTo)
    },
  }
}
