import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeHash, recordHash } from './audit'

const record = { entity: 'contact', id: '1', seq: 7, state: Uint8Array.of(1, 2, 3) }

const fnv1a = (bytes: Uint8Array): number =>
  Number(
    bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn, 2166136261n),
  )

describe('the hash of a record', () => {
  it('is FNV-1a, as other clients have it from the specification', () => {
    // The published vector shows that the plain algorithm below is the one that is meant.
    expect(fnv1a(new TextEncoder().encode('foobar'))).toBe(0xbf9cf968)
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.uint8Array(), (entity, id, seq, state) => {
        const name = new TextEncoder().encode(`${entity}/${id}/${seq}`)
        const expected = fnv1a(Uint8Array.of(...name, ...state))
        expect(recordHash({ entity, id, seq, state })).toBe(expected)
      }),
    )
  })

  it('differs where one byte of the state does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (state, at, flip) => {
          const other = state.map((byte, n) => (n === at % state.length ? byte ^ flip : byte))
          expect(recordHash({ ...record, state: other })).not.toBe(recordHash({ ...record, state }))
        },
      ),
    )
  })

  it('differs by entity, id and seq', () => {
    const others = [{ entity: 'lead' }, { id: '2' }, { seq: 8 }]
    for (const other of others)
      expect(recordHash({ ...record, ...other })).not.toBe(recordHash(record))
  })
})

describe('the hash of a range', () => {
  it('differs where one record is missing', () => {
    const hashes = fc.uniqueArray(fc.nat({ max: 0xffffffff }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(hashes, fc.nat(), (some, at) => {
        const fewer = some.filter((_, n) => n !== at % some.length)
        expect(rangeHash(fewer)).not.toBe(rangeHash(some))
      }),
    )
  })
})
