import { expect, it } from 'vitest'
import { spanAt } from './collide'

const columns = [
  { left: 0, right: 280 },
  { left: 288, right: 336 },
  { left: 344, right: 624 },
]

it('finds the column in which a place lies, narrow ones too', () => {
  expect(spanAt(columns, 10)).toBe(0)
  expect(spanAt(columns, 300)).toBe(1)
  expect(spanAt(columns, 500)).toBe(2)
})

it('takes the nearest column for a place in a gap or beside the board', () => {
  expect(spanAt(columns, 285)).toBe(1)
  expect(spanAt(columns, -50)).toBe(0)
  expect(spanAt(columns, 5000)).toBe(2)
  expect(spanAt([], 5)).toBe(-1)
})
