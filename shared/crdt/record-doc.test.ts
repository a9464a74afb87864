import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatStamp } from '../kernel/clock'
import { newDeviceId } from '../kernel/ids'
import type { Patch } from './patch'
import { addPatches, firstState, openRecord, patchesOf, recordState } from './record-doc'

const device = newDeviceId()
const stampOf = (year: number) => formatStamp({ ms: Date.UTC(year, 0, 1), counter: 3, device })
const stamp = stampOf(2026)

const patches: fc.Arbitrary<Patch> = fc.record(
  {
    t: fc.constant(stamp),
    s: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue(), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    e: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.record(
        { add: fc.array(fc.uuid(), { minLength: 1, maxLength: 3 }) },
        { noNullPrototype: true },
      ),
      { maxKeys: 2, noNullPrototype: true },
    ),
    by: fc.uuid(),
  },
  { requiredKeys: ['t', 's'], noNullPrototype: true },
)

describe('the state of a record of one patch', () => {
  it('is what Yjs makes of it, byte for byte', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const doc = openRecord()
        addPatches(doc, [patch])
        expect([...firstState(patch)]).toEqual([...recordState(doc)])
      }),
      { numRuns: 500 },
    )
  })

  it('is read and added to like any other', () => {
    const patch = { t: stamp, s: { name: 'Zoë 🎉', amount: 1.5, active: true, ownerId: null } }
    const doc = openRecord(firstState(patch))
    expect(patchesOf(doc)).toEqual([patch])
    const later = { t: stampOf(2027), s: { name: 'Ada' } }
    addPatches(doc, [later])
    expect(patchesOf(openRecord(recordState(doc)))).toHaveLength(2)
  })
})
