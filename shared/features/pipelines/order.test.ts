import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AnyRow } from '../../kernel/entity'
import { newRow } from '../../kernel/rules'
import { bySequence } from './choose'
import { moveStageTo, placeOfNew } from './order'
import { stage } from './pipeline'

const stagesOf = (...types: string[]): AnyRow[] =>
  types.map((stageType, sequence) => newRow(stage, `s${sequence}`, { stageType, sequence }))

const applied = (stages: readonly AnyRow[], changes: ReturnType<typeof moveStageTo>): string[] =>
  stages
    .map((row) => ({ ...row, ...changes.find(({ id }) => id === row.id)?.set }))
    .sort(bySequence)
    .map(({ id }) => id)

it('renumbers only the stages between the old place and the new one', () => {
  const stages = stagesOf('open', 'open', 'open', 'won', 'lost')
  expect(moveStageTo(stages, 's1', 2).map(({ id }) => id)).toEqual(['s2', 's1'])
  expect(moveStageTo(stages, 's1', 1)).toEqual([])
  expect(moveStageTo(stages, 'nobody', 1)).toEqual([])
})

it('puts the stage where it was wanted and keeps the order of the others, whatever their numbers were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      (n, f, t) => {
        const stages = n
          .map((sequence, index) => newRow(stage, `s${index}`, { sequence }))
          .sort(bySequence)
        const moved = stages[f % stages.length]?.id ?? ''
        const place = t % stages.length
        const order = applied(stages, moveStageTo(stages, moved, place))
        expect(order[place]).toBe(moved)
        const others = stages.map(({ id }) => id).filter((id) => id !== moved)
        expect(order.filter((id) => id !== moved)).toEqual(others)
      },
    ),
  )
})

it('adds new stages before those that close a record', () => {
  expect(placeOfNew(stagesOf('open', 'open', 'won', 'lost'))).toBe(2)
  expect(placeOfNew(stagesOf('won'))).toBe(0)
  expect(placeOfNew([])).toBe(0)
})
