import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { formatStamp } from '../kernel/clock'
import { newDeviceId } from '../kernel/ids'
import type { Patch } from './patch'
import { plainPatches } from './plain-patches'
import {
  addPatches,
  firstState,
  openRecord,
  patchesOf,
  recordState,
  replacePatches,
  writeText,
} from './record-doc'

const device = newDeviceId()
const stampOf = (counter: number) => formatStamp({ ms: Date.UTC(2026, 0, 1), counter, device })

/** Values as rows hold them, with text that is long, empty, accented or outside the first plane. */
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue(),
  fc.double(),
  fc.integer(),
  fc.constantFrom('\uFEFFmark', 'Zoë 🎉', '', null, true, false),
)

const patches: fc.Arbitrary<Patch> = fc.record(
  {
    t: fc.integer({ min: 0, max: 12 }).map(stampOf),
    s: fc.dictionary(fc.constantFrom('a', 'b', 'name', 'amount', 'größe'), values, {
      noNullPrototype: true,
    }),
    e: fc.dictionary(
      fc.constantFrom('tags', 'more'),
      fc.record({ add: fc.array(fc.uuid(), { maxLength: 3 }) }, { noNullPrototype: true }),
      { noNullPrototype: true },
    ),
    by: fc.uuid(),
  },
  { requiredKeys: ['t', 's'], noNullPrototype: true },
)

const inOrder = (some: readonly Patch[]) => [...some].sort((a, b) => (a.t < b.t ? -1 : 1))

describe('patches read straight from a state', () => {
  it('are those that Yjs reads, however often the record was edited', () => {
    fc.assert(
      fc.property(fc.array(fc.array(patches, { maxLength: 3 }), { maxLength: 8 }), (edits) => {
        let state = recordState(openRecord())
        for (const some of edits) {
          const doc = openRecord(state)
          addPatches(doc, some)
          state = recordState(doc)
        }
        const read = plainPatches(state) ?? expect.fail()
        expect(inOrder(read)).toEqual(inOrder(patchesOf(openRecord(state))))
      }),
      { numRuns: 1000 },
    )
  })

  it('are those that take the place of others', () => {
    const doc = openRecord()
    addPatches(
      doc,
      [1, 2, 3].map((n) => ({ t: stampOf(n), s: { [`f${n}`]: n } })),
    )
    replacePatches(
      doc,
      ({ t }) => t !== stampOf(2),
      (patch) => ({ ...patch, s: {} }),
    )
    const read = plainPatches(recordState(doc)) ?? expect.fail()
    expect(inOrder(read)).toEqual(inOrder(patchesOf(doc)))
  })

  it('are left to Yjs where there is rich text', () => {
    const doc = openRecord(firstState({ t: stampOf(1), s: { name: 'Ada' } }))
    writeText(doc, 'notes', 'She wrote programs.')
    expect(plainPatches(recordState(doc))).toBeUndefined()
  })

  it('are left to Yjs where the state is damaged or incomplete', () => {
    const state = firstState({ t: stampOf(1), s: { name: 'Ada', note: 'x'.repeat(100) } })
    for (let length = 0; length < state.length; length += 1)
      expect(plainPatches(state.subarray(0, length))).toBeUndefined()
    const doc = openRecord(state)
    const before = Y.encodeStateVector(doc)
    addPatches(doc, [{ t: stampOf(2), s: { jobTitle: 'Countess' } }])
    expect(plainPatches(Y.encodeStateAsUpdate(doc, before))).toBeUndefined()
  })
})
