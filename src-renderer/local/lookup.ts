/**
 * Looks records up at the server that this copy does not hold. They are stored like all others, so
 * that whatever asked for them finds them here.
 */

import { Refusal } from '../../shared/kernel/refusal'
import { type Lookup, lookupAnswerSchema, maxLookup } from '../../shared/protocol/lookup'
import type { RecordTuple } from '../../shared/protocol/sync'
import { type Database, readMeta } from './database'
import type { AskServer } from './files/ask'
import { addTo } from './grouped'
import type { Time } from './platform'
import { type SyncStorage, Unreachable } from './sync/types'

/** What a lookup came to; `more`: there is more at the server than was fetched. */
export type LookupResult = { outcome: 'whole' | 'unreachable' } | { outcome: 'done'; more: boolean }

export type Lookups = {
  /** Fetches what is asked for, unless all there is is here already. */
  lookUp: (lookup: Lookup) => Promise<LookupResult>
  /** Fetches records by id; those that were asked for and not found are not asked for again soon. */
  missing: (entity: string, ids: readonly string[]) => Promise<void>
  /** Fetches those of these records that are not here, before they are edited. */
  hold: (names: readonly { entity: string; id: string }[]) => Promise<void>
}

type Deps = {
  database: Database
  ask: AskServer
  storage: Pick<SyncStorage, 'addOlder'>
  time: Time
  /** An answer could not be used. */
  onError: (cause: unknown) => void
}

/** Times that something may go out of sight while an answer is on its way, before it is given up. */
const mostTries = 3
/** How long an answer may take, and how long a server that gave none is not asked again. */
const givenUpMs = 5_000
const silentMs = 10_000
/** How long what was not found is taken not to be there. */
const forgetAfterMs = 60_000
/** Ids that are remembered as asked for. */
const mostRemembered = 10_000

const toBytes = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

export const createLookups = ({ database, ask, storage, time, onError }: Deps): Lookups => {
  const { now } = time
  const asked = new Map<string, number>()
  const silent = { untilMs: Number.NEGATIVE_INFINITY }

  /** Whoever opens or edits a record waits for this, so a network in name only must not hold it up. */
  const inTime = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = time.after(givenUpMs, () => {
        silent.untilMs = now() + silentMs
        reject(new Unreachable('The server is silent.'))
      })
      work.then(resolve, reject).finally(cancel)
    })

  const isWhole = async (): Promise<boolean> => ((await readMeta(database)).floor ?? 0) === 0

  /** Asks once and stores the answer; `undefined` where it was out of date when it came. */
  const attempt = async (lookup: Lookup): Promise<{ more: boolean } | undefined> => {
    const asking = ask('lookup', { method: 'POST', body: JSON.stringify(lookup) })
    const response = await inTime(asking).catch((cause: unknown) => {
      throw cause instanceof Refusal ? cause : new Unreachable('No answer.', { cause })
    })
    // Nothing that could be asked for, and so nothing to be found.
    if (response.status === 422) return { more: false }
    if (!response.ok) throw new Error(`The server does not look records up (${response.status}).`)
    const { seq, access, records, more } = lookupAnswerSchema.parse(await response.json())
    const meta = await readMeta(database)
    // Read under other rights than this copy is held under; the connection is about to learn of them.
    if (meta.access !== undefined && meta.access !== access) return undefined
    const tuples = records.map((one): RecordTuple => {
      const { entity, id, state } = one
      return [entity, id, one.seq, toBytes(state)]
    })
    const added = await storage.addOlder({ records: tuples, seq, access })
    return added === 'taken' ? { more } : undefined
  }

  const lookUp = async (lookup: Lookup): Promise<LookupResult> => {
    if (await isWhole()) return { outcome: 'whole' }
    if (now() < silent.untilMs) return { outcome: 'unreachable' }
    try {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const result = await attempt(lookup)
        if (result) return { outcome: 'done', ...result }
      }
      return { outcome: 'unreachable' }
    } catch (cause) {
      // Without network, or signed out: what is here is what there is.
      if (!(cause instanceof Unreachable || cause instanceof Refusal)) onError(cause)
      return { outcome: 'unreachable' }
    }
  }

  const missing = async (entity: string, ids: readonly string[]): Promise<void> => {
    const wanted = ids.filter((id) => now() - (asked.get(id) ?? 0) > forgetAfterMs)
    if (asked.size > mostRemembered) asked.clear()
    if (wanted.length === 0 || (await isWhole())) return
    for (const id of wanted) asked.set(id, now())
    for (let from = 0; from < wanted.length; from += maxLookup) {
      const names = wanted.slice(from, from + maxLookup).map((id) => ({ entity, id }))
      const { outcome } = await lookUp({ by: 'names', names })
      // Not asked at all: the next one to want them may try again.
      if (outcome === 'unreachable') for (const id of wanted) asked.delete(id)
    }
  }

  return {
    lookUp,
    missing,
    hold: async (names) => {
      if (names.length === 0 || (await isWhole())) return
      const absent = new Map<string, string[]>()
      for (const { entity, id } of names)
        if (!(await database.rows(entity).get(id))) addTo(absent, entity, id)
      for (const [entity, ids] of absent) await missing(entity, ids)
    },
  }
}
