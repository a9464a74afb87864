import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lead } from '../../../shared/features/leads/lead'
import { newRow } from '../../../shared/kernel/rules'
import { mergeRows } from './merge-rows'

const row = (id: string) => newRow(lead, id, {})
const stored = (ids: readonly string[]) => ({
  total: ids.length,
  rowAt: (index: number) => (ids[index] === undefined ? undefined : row(ids[index])),
})
const idsOf = ({ total, rowAt }: ReturnType<typeof mergeRows>) =>
  Array.from({ length: total }, (_, index) => rowAt(index)?.id)

it('puts what comes on top and closes the gap of what leaves', () => {
  const merged = mergeRows(stored(['a', 'b', 'c', 'd']), {
    arriving: [row('x')],
    leaving: new Set(['b', 'd']),
  })
  expect(idsOf(merged)).toEqual(['x', 'a', 'c'])
})

it('shows a card once when the store already has it', () => {
  const merged = mergeRows(stored(['x', 'a']), { arriving: [row('x')], leaving: new Set() })
  expect(idsOf(merged)).toEqual(['x', 'a'])
})

it('shows every card that stays exactly once and in its order', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 })
  fc.assert(
    fc.property(ids, ids, fc.func(fc.boolean()), (held, come, leaves) => {
      const leaving = new Set(held.filter((id) => !come.includes(id) && leaves(id)))
      const merged = mergeRows(stored(held), { arriving: come.map(row), leaving })
      expect(idsOf(merged)).toEqual([
        ...come.filter((id) => !held.includes(id)),
        ...held.filter((id) => !leaving.has(id)),
      ])
    }),
  )
})
