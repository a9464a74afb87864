import { expect, it } from 'vitest'
import { numberOf } from './number-of'

it('takes what is typed for the number that it means', () => {
  expect(['12.50', '12.', '0.00', 7, '-3'].map(numberOf)).toEqual([12.5, 12, 0, 7, -3])
})

it('tells nothing from half a number', () => {
  expect(numberOf('')).toBeNull()
  expect(['-', '.', '-.'].map(numberOf)).toEqual([undefined, undefined, undefined])
})
