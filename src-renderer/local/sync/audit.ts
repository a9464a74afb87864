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
import { recordKey } from '../edits/working'
import type { Forgotten } from './forget'
import type { EngineDeps, Survey } from './types'

type Audited = Extract<ServerMessage, { type: 'audited' }>

/** Records in one range: small enough to be fetched whole for the sake of one. */
const rangeRecords = 500

const tuplesSchema = z.array(recordTupleSchema).max(maxPageRecords)

type Position = { upTo: number; access: string | undefined }

export type Audit = {
  /** Begins, unless a comparison is under way; `upTo` is what has been pulled, under that access. */
  start: (position: Position) => Promise<void>
  /** Whether a comparison is under way. */
  isRunning: () => boolean
  /** Takes an answer and asks on. */
  answered: (message: Audited) => Promise<void>
  /** Everything up to `cursor` is stored here now. */
  advanced: (cursor: number) => Promise<void>
}

type Running = Survey &
  Position & {
    checked: number
    /** What is held here and was not among the server's records, unless news of it is under way. */
    surplus: Forgotten[]
    /** Once everything up to there is here, there is no more news of them under way. */
    settledAt: number
    /** All ranges have been compared. */
    isThrough: boolean
    cursor: number
  }

/** The comparisons of one connection. */
export const createAudit = (
  { storage, inflate }: Pick<EngineDeps, 'storage' | 'inflate'>,
  send: (message: { type: 'audit'; [key: string]: unknown }) => void,
): Audit => {
  let running: Running | undefined

  const ask = (
    { floor }: Running,
    { after, ...options }: { after: number; upTo: number; whole: boolean },
  ) =>
    send({
      type: 'audit',
      after,
      limit: rangeRecords,
      ...options,
      // Servers that know nothing of it refuse what they do not know.
      ...(floor > 0 ? { floor } : {}),
    })

  const finish = async (audit: Running): Promise<void> => {
    if (!audit.isThrough || audit.cursor < audit.settledAt) return
    running = undefined
    const { checked, access, surplus } = audit
    const forgotten = surplus.length > 0 ? await storage.heal([], surplus) : 0
    await storage.audited({ checked, healed: audit.healed + forgotten, access })
  }

  const goOn = async (audit: Running, after: number): Promise<void> => {
    if (after < audit.upTo) return ask(audit, { after, upTo: audit.upTo, whole: false })
    audit.isThrough = true
    await finish(audit)
  }

  return {
    start: async (position) => {
      if (running) return
      running = {
        ...(await storage.survey()),
        ...position,
        checked: 0,
        surplus: [],
        settledAt: 0,
        isThrough: false,
        cursor: position.upTo,
      }
      await goOn(running, 0)
    },
    isRunning: () => running !== undefined,
    answered: async ({ after, upTo, count, hash, seq, records }) => {
      if (!running) return
      if (records) {
        const tuples = tuplesSchema.parse(decodeFrame(await inflate(records)))
        const listed = new Set(tuples.map(([entity, id]) => recordKey({ entity, id })))
        const surplus = running.held.filter(
          (one) => one.seq > after && one.seq <= upTo && !listed.has(recordKey(one)),
        )
        if (surplus.length > 0) {
          running.surplus.push(...surplus)
          running.settledAt = Math.max(running.settledAt, seq)
        }
        running.healed += await storage.heal(tuples, [])
        running.checked += count
        return goOn(running, upTo)
      }
      const held = running.held.filter(({ seq }) => seq > after && seq <= upTo)
      if (held.length !== count || rangeHash(held.map((one) => one.hash)) !== hash)
        return ask(running, { after, upTo, whole: true })
      running.checked += count
      return goOn(running, upTo)
    },
    advanced: async (cursor) => {
      if (!running) return
      running.cursor = cursor
      await finish(running)
    },
  }
}
