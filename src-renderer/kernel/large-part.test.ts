import { expect, it } from 'vitest'
import { largePart, loadParts } from './large-part'

it('a part is loaded once, ahead of time or when it is needed, and again where it failed', async () => {
  const loads = { good: 0, bad: 0 }
  const good = largePart(async () => {
    loads.good += 1
    return 'good'
  })
  const bad = largePart(async () => {
    loads.bad += 1
    if (loads.bad === 1) throw new Error('offline')
    return 'late'
  })
  await loadParts()
  expect(loads).toEqual({ good: 1, bad: 1 })
  expect([await good(), await bad(), await bad()]).toEqual(['good', 'late', 'late'])
  expect(loads).toEqual({ good: 1, bad: 2 })
})
