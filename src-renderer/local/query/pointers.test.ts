import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPointers } from './pointers'

const many = Number.POSITIVE_INFINITY

describe('pointers of a table', () => {
  it('name the slots that point at a record', () => {
    const pointers = createPointers()
    pointers.set(0, 'a')
    pointers.set(5000, 'a')
    pointers.set(3, 'b')
    pointers.set(4, null)
    expect(pointers.slotsOf('a', many)?.sort()).toEqual([0, 5000])
    expect(pointers.slotsOf('c', many)).toEqual([])
  })

  it('do not name more slots than asked for', () => {
    const pointers = createPointers()
    for (const slot of [1, 2, 3]) pointers.set(slot, 'a')
    expect(pointers.slotsOf('a', 2)).toBeUndefined()
    expect(pointers.slotsOf('a', 3)).toHaveLength(3)
  })

  it('say the same as going through all slots, whatever changed before', () => {
    const change = fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', 'c', undefined))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const pointers = createPointers()
        const plain = new Map<number, string | undefined>()
        for (const [slot, target] of changes) {
          pointers.set(slot, target)
          plain.set(slot, target)
        }
        for (const target of ['a', 'b', 'c'])
          expect(pointers.slotsOf(target, many)?.sort()).toEqual(
            [...plain].flatMap(([slot, held]) => (held === target ? slot : [])).sort(),
          )
      }),
    )
  })
})
