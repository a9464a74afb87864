/** Recognises a full disk in whatever clothes IndexedDB and Dexie put it. */
import { Refusal } from '../../../shared/kernel/refusal'

/** Whether an error, or what caused it, is the browser's storage limit. */
export const isQuotaProblem = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false
  const { name, inner, cause } = error as { name?: unknown; inner?: unknown; cause?: unknown }
  return (
    name === 'QuotaExceededError' ||
    (inner !== error && isQuotaProblem(inner)) ||
    (cause !== error && isQuotaProblem(cause))
  )
}

/** Why sync stops on a full disk: what arrives cannot be stored. */
export const syncQuotaRefusal = (cause: unknown): Refusal =>
  new Refusal('storage.full', {
    detail:
      'This machine has no space left for what colleagues change. Free some, or keep less of the workspace on it in the settings, then sync again.',
    cause,
  })

/** Why an edit is not taken on a full disk. */
export const quotaRefusal = (cause: unknown): Refusal => new Refusal('storage.full', { cause })
