import { expect, it } from 'vitest'
import { generate } from './generate'

const stages = [
  { id: 'new', stageType: 'open' },
  { id: 'proposal', stageType: 'open' },
  { id: 'won', stageType: 'won' },
  { id: 'lost', stageType: 'lost' },
]
const options = { contacts: 100, seed: 7, owners: ['me'], tags: ['hot'], stages, now: 1.77e12 }

it('makes the same workspace of the same seed, and another one of another', () => {
  const first = [...generate(options)]
  expect([...generate(options)]).toEqual(first)
  expect([...generate({ ...options, seed: 8 })]).not.toEqual(first)
})

it('keeps its proportions and spreads leads and opportunities over all stages', () => {
  const edits = [...generate({ ...options, contacts: 400 })]
  const of = (entity: string) => edits.filter((edit) => edit.entity === entity)
  expect(of('contact')).toHaveLength(400)
  expect(of('lead')).toHaveLength(80)
  expect(of('opportunity')).toHaveLength(40)
  expect(of('activity')).toHaveLength(1200)
  const used = new Set([...of('lead'), ...of('opportunity')].map(({ s }) => s.stageId))
  expect([...used].sort()).toEqual(['lost', 'new', 'proposal', 'won'])
  for (const { s } of of('lead')) expect(s.stageId === 'lost').toBe(s.status === 'lost')
})

it('leaves the place to the rules where no stages are known', () => {
  const made = [...generate({ ...options, stages: [] })].filter(({ entity }) => entity === 'lead')
  expect(made.every(({ s }) => !('stageId' in s))).toBe(true)
})
