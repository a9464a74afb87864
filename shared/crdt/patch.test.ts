import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatStamp } from '../kernel/clock'
import { decidingStamps, fold, foldedValues, lastWord, lostFields, type Patch } from './patch'
import { addPatches, openRecord, patchesOf, recordState } from './record-doc'

const stamp = fc
  .record({
    ms: fc.integer({ min: 1, max: 40 }),
    counter: fc.integer({ min: 0, max: 3 }),
    device: fc.constantFrom('aaaaaaaaaa', 'bbbbbbbbbb'),
  })
  .map(formatStamp)

const element = fc.constantFrom('red', 'green', 'blue')

const plainDictionary = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.dictionary(key, value, { noNullPrototype: true })

const patch: fc.Arbitrary<Patch> = fc
  .record({
    t: stamp,
    s: plainDictionary(
      fc.constantFrom('name', 'phone', 'title'),
      fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.constant(null)),
    ),
    e: plainDictionary(
      fc.constant('tags'),
      fc.record({
        add: fc.array(element, { maxLength: 2 }),
        remove: fc.array(element, { maxLength: 2 }),
      }),
    ),
  })
  // Plain objects, as they arrive from the wire.
  .map((made): Patch => JSON.parse(JSON.stringify(made)))

/** Patches as devices make them: one stamp, one content. */
const patches = fc.uniqueArray(patch, { selector: ({ t }) => t, maxLength: 25 })

const values = (all: readonly Patch[]) => foldedValues(fold(all))

describe('the fold', () => {
  it('M1: gives each field the value with the greatest stamp', () => {
    fc.assert(
      fc.property(patches, (all) => {
        for (const field of ['name', 'phone', 'title']) {
          const newest = all.filter(({ s }) => field in s).sort((a, b) => (a.t < b.t ? 1 : -1))[0]
          expect(values(all)[field]).toEqual(newest?.s[field])
        }
      }),
    )
  })

  it('M2 and M8: is the same in every order, also where stamps are equal', () => {
    fc.assert(
      fc.property(
        fc
          .array(patch, { maxLength: 20 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
          ),
        ([all, shuffled]) => {
          expect(values(shuffled)).toEqual(values(all))
        },
      ),
    )
  })

  it('M3: does not change when patches arrive again', () => {
    fc.assert(
      fc.property(patches, fc.nat(), (all, pick) => {
        expect(values([...all, ...all.slice(pick % (all.length + 1))])).toEqual(values(all))
      }),
    )
  })

  it('M5: keeps what different edits did to different elements', () => {
    const at = (ms: number) => formatStamp({ ms, counter: 0, device: 'aaaaaaaaaa' })
    const all: Patch[] = [
      { t: at(1), s: {}, e: { tags: { add: ['red', 'green'] } } },
      { t: at(2), s: {}, e: { tags: { remove: ['red'] } } },
      { t: at(3), s: {}, e: { tags: { add: ['blue'] } } },
    ]
    expect(values(all)).toEqual({ tags: ['blue', 'green'] })
  })

  it('M6: is the same without the patches that decide nothing', () => {
    fc.assert(
      fc.property(patches, (all) => {
        const deciding = decidingStamps(fold(all))
        expect(values(all.filter(({ t }) => deciding.has(t)))).toEqual(values(all))
      }),
    )
  })

  it('M7: names the fields in which an edit lost', () => {
    fc.assert(
      fc.property(patches, patch, (all, late) => {
        const folded = fold([...all, late])
        for (const field of Object.keys(late.s))
          expect(lostFields(late, folded).includes(field)).toBe(
            all.some(({ t, s }) => field in s && t > late.t),
          )
      }),
    )
  })
})

describe('the record document', () => {
  it('M4: folds in parts as it folds at once', () => {
    fc.assert(
      fc.property(patches, fc.nat(), (all, cut) => {
        const doc = openRecord()
        const at = cut % (all.length + 1)
        addPatches(doc, all.slice(0, at))
        const reopened = openRecord(recordState(doc))
        expect(foldedValues(addPatches(reopened, all.slice(at)))).toEqual(values(all))
        expect(values(patchesOf(reopened))).toEqual(values(all))
      }),
    )
  })

  it('M6: stays small however often a record is edited', () => {
    const doc = openRecord()
    for (let index = 0; index < 1000; index += 1)
      addPatches(doc, [
        {
          t: formatStamp({ ms: index + 1, counter: 0, device: 'aaaaaaaaaa' }),
          s: { name: `name ${index}` },
        },
      ])
    expect(patchesOf(doc)).toHaveLength(1)
    expect(recordState(doc).byteLength).toBeLessThan(400)
  })
})

describe('the newest word', () => {
  const at = (ms: number) => formatStamp({ ms, counter: 0, device: 'aaaaaaaaaa' })

  it('M9: names author and time for values, set elements and texts', () => {
    const folded = fold([
      { t: at(1), s: { name: 'Ada' }, by: 'u1' },
      { t: at(3), s: { name: 'Ada L.' }, by: 'u2' },
      { t: at(2), s: {}, e: { tags: { add: ['red'] } }, by: 'u1' },
      { t: at(4), s: {}, e: { tags: { remove: ['red'] } }, by: 'u3' },
      { t: at(5), s: {}, x: ['notes'], by: 'u1' },
    ])
    expect(lastWord(folded, 'name')).toMatchObject({ t: at(3), by: 'u2' })
    expect(lastWord(folded, 'tags')).toMatchObject({ t: at(4), by: 'u3' })
    expect(lastWord(folded, 'notes')).toMatchObject({ t: at(5), by: 'u1' })
    expect(lastWord(folded, 'phone')).toBeUndefined()
  })

  it('M6: keeps one trace of who wrote in a text, however often they did', () => {
    const doc = openRecord()
    for (let ms = 1; ms <= 50; ms += 1) addPatches(doc, [{ t: at(ms), s: {}, x: ['notes'] }])
    expect(patchesOf(doc)).toEqual([{ t: at(50), s: {}, x: ['notes'] }])
  })
})
