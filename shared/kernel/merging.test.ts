import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activity } from '../features/activities/activity'
import { contact } from '../features/contacts/contact'
import { opportunity } from '../features/opportunities/opportunity'
import { differing, mergeChanges, mergedValues, pointersTo, repointed } from './merging'
import { newRow } from './rules'

const now = '2026-03-01T00:00:00.000Z'
const person = (id: string, set = {}) => newRow(contact, id, { firstName: 'Ada', ...set })

describe('merged records', () => {
  it('keep what the kept one says, and fill what it lacks', () => {
    const kept = person('a', { jobTitle: 'CTO' })
    const others = [person('b', { jobTitle: 'Boss', email: 'ada@x.test', department: 'IT' })]
    expect(mergedValues({ entity: contact, kept, others, picks: { jobTitle: 'b' } })).toEqual({
      jobTitle: 'Boss',
      email: 'ada@x.test',
      department: 'IT',
    })
    expect(mergedValues({ entity: contact, kept, others, picks: {} })).not.toHaveProperty(
      'jobTitle',
    )
  })

  it('hold the tags, lists, properties and words of all of them', () => {
    const kept = person('a', { tags: ['x'], notes: 'One', properties: { size: 'L', hat: 'yes' } })
    const others = [person('b', { tags: ['x', 'y'], notes: 'Two', properties: { size: 'M' } })]
    const values = mergedValues({ entity: contact, kept, others, picks: {} })
    expect(values).toMatchObject({ tags: ['x', 'y'], notes: 'One\n\nTwo' })
    expect(values).not.toHaveProperty('properties')
  })

  it('do not point at themselves', () => {
    const kept = person('a', { reportsToId: 'b' })
    expect(mergedValues({ entity: contact, kept, others: [person('b')], picks: {} })).toMatchObject(
      { reportsToId: null },
    )
  })

  it('are asked about only where they differ', () => {
    const rows = [person('a', { jobTitle: 'CTO' }), person('b', { tags: ['x'] })]
    expect(differing(contact, rows)).toEqual(['jobTitle'])
  })
})

describe('what points at merged records', () => {
  it('is found wherever a reference stands', () => {
    expect(pointersTo(activity, 'contact')).toEqual(['participants', 'contactId'])
  })

  it('points at the kept one, also from lists, once', () => {
    const deal = newRow(opportunity, 'o', {
      contactId: 'b',
      stakeholders: [
        { contactId: 'a', role: 'champion' },
        { contactId: 'b', role: 'champion' },
        { contactId: 'c', role: 'user' },
      ],
    })
    const move = { target: 'contact', from: new Set(['b']), to: 'a' }
    expect(repointed(opportunity, deal, move)).toEqual({
      contactId: 'a',
      stakeholders: [
        { contactId: 'a', role: 'champion' },
        { contactId: 'c', role: 'user' },
      ],
    })
    const other = newRow(opportunity, 'p', { contactId: 'c' })
    expect(repointed(opportunity, other, move)).toEqual({})
  })

  it('changes with the records in one step', () => {
    const call = { entity: activity, row: newRow(activity, 'x', { contactId: 'b' }) }
    const merge = { entity: contact, kept: person('a'), others: [person('b')], picks: {} }
    expect(mergeChanges(merge, [call], now)).toEqual([
      { entity: 'activity', id: 'x', set: { contactId: 'a' } },
      { entity: 'contact', id: 'b', set: { deletedAt: now } },
    ])
  })
})

it('merging loses no tag and no word, whichever record is kept', () => {
  const rows = fc
    .array(
      fc.record({
        tags: fc.uniqueArray(fc.constantFrom('r', 's', 't')),
        notes: fc.constantFrom(null, 'One', 'Two', 'Three'),
        jobTitle: fc.constantFrom(null, 'CTO', 'CEO'),
      }),
      { minLength: 2, maxLength: 5 },
    )
    .map((sets) => sets.map((set, index) => person(`id${index}`, set)))
  fc.assert(
    fc.property(rows, fc.nat(4), (all, at) => {
      const kept = all[at % all.length] ?? person('none')
      const others = all.filter((row) => row !== kept)
      const merged = { ...kept, ...mergedValues({ entity: contact, kept, others, picks: {} }) }
      for (const row of all) {
        for (const tag of row.tags as string[]) expect(merged.tags).toContain(tag)
        if (row.notes) expect(String(merged.notes)).toContain(String(row.notes))
      }
      expect(merged.jobTitle === null).toBe(all.every(({ jobTitle }) => jobTitle === null))
    }),
  )
})
