/** Why a connection ended, and what follows from it. */
import { type RefusalCode, type RefusalInfo, refusals } from '../../../shared/kernel/refusal'
import { closeCodes } from '../../../shared/protocol/sync'

export type Ending = {
  /** Numbers of edits that were sent and not answered. */
  inFlight?: number[]
} & (
  | { why: 'lost' }
  /** Something broke on this side while working off a message. */
  | { why: 'failed'; cause: unknown }
  /** The position has changed: connect again at once. */
  | { why: 'again' }
  | { why: 'unauthorised' }
  /** The server will not talk to this client. */
  | { why: 'refused'; reason: RefusalInfo }
  /** Another machine has a copy of this profile: this one takes an id of its own. */
  | { why: 'copied' }
  /** The server could not read what was pushed. */
  | { why: 'rejected'; reason: RefusalInfo }
)

const isCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code)

const reasonOf = (code: RefusalCode, detail?: string): RefusalInfo => ({
  code,
  detail: detail || refusals[code][1],
  errors: [],
})

/** A refusal from the wire; a code that only a newer server knows stands for `internal`. */
export const toRefusalInfo = (refusal: {
  code: string
  detail: string
  errors: { path: string; message: string }[]
}): RefusalInfo => ({ ...refusal, code: isCode(refusal.code) ? refusal.code : 'internal' })

export const endingOfProblem = ({ code, detail }: { code: string; detail: string }): Ending => {
  if (code === 'sync.protocol' || code === 'device.revoked')
    return { why: 'refused', reason: reasonOf(code, detail) }
  if (code === 'device.copied') return { why: 'copied' }
  if (code.startsWith('auth.')) return { why: 'unauthorised' }
  if (code === 'sync.malformed' || code === 'sync.too-large' || code === 'sync.order')
    return { why: 'rejected', reason: reasonOf(code, detail) }
  return { why: 'lost' }
}

export const endingOfClose = (code: number, reason: string): Ending => {
  if (code === closeCodes.unauthorised) return { why: 'unauthorised' }
  if (code === closeCodes.protocol)
    return { why: 'refused', reason: reasonOf('sync.protocol', reason) }
  if (code === closeCodes.malformed)
    return { why: 'rejected', reason: reasonOf('sync.malformed', reason) }
  if (code === closeCodes.tooLarge)
    return { why: 'rejected', reason: reasonOf('sync.too-large', reason) }
  return { why: 'lost' }
}
