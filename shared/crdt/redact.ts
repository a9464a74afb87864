/** A record without what somebody must not see, as a state of its own. */

import type { Patch } from './patch'
import { openRecord, patchesOf, recordState, replacePatches } from './record-doc'

const without = <T>(values: { [field: string]: T }, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

const isTouched = ({ s, e }: Patch, names: readonly string[]): boolean =>
  names.some((name) => name in s || (e !== undefined && name in e))

/**
 * The state without every trace of some fields (no rich text among them). The same state gives the
 * same bytes, so that both sides can compare; texts keep their items, so that editing goes on in them.
 */
export const redacted = (state: Uint8Array, fields: readonly string[]): Uint8Array => {
  const doc = openRecord(state)
  const patches = patchesOf(doc)
  if (!patches.some((patch) => isTouched(patch, fields))) return state
  replacePatches(
    doc,
    (patch) => isTouched(patch, fields),
    (patch) => ({
      ...patch,
      s: without(patch.s, fields),
      ...(patch.e ? { e: without(patch.e, fields) } : {}),
    }),
  )
  return recordState(doc)
}
