import { describe, expect, it } from 'vitest'
import { createTestBook } from '../test-rules'
import { describeRecurrence, isRecurrence, nextOccurrence, occurrencesWithin } from './recurrence'

const task = { subject: 'Call back', activityType: 'task', dueDate: '2026-03-09T08:00:00.000Z' }

describe('an activity', () => {
  it('gets its time of completion from its status, and the other way round', async () => {
    const book = createTestBook()
    const { id } = await book.create('activity', task)
    const done = await book.update('activity', id, { status: 'completed' })
    expect(done?.completedAt).toBe(book.clock.now)
    expect((await book.update('activity', id, { status: 'scheduled' }))?.completedAt).toBeNull()
    const byTime = await book.update('activity', id, { completedAt: '2026-03-01T08:00:00.000Z' })
    expect(byTime?.status).toBe('completed')
  })

  it('that repeats is followed by the next one, once', async () => {
    const book = createTestBook()
    const { id } = await book.create('activity', { ...task, recurrence: 'FREQ=WEEKLY;COUNT=3' })
    await book.update('activity', id, { status: 'completed' })
    await book.update('activity', id, { status: 'scheduled' })
    await book.update('activity', id, { status: 'completed' })
    const open = book.all('activity').filter(({ status }) => status === 'scheduled')
    expect(open).toMatchObject([
      {
        subject: 'Call back',
        dueDate: '2026-03-16T08:00:00.000Z',
        recurrence: 'FREQ=WEEKLY;COUNT=2',
      },
    ])
  })

  it('says what is wrong with a recurrence', async () => {
    const book = createTestBook()
    await expect(
      book.create('activity', { ...task, recurrence: 'every other Tuesday' }),
    ).rejects.toMatchObject({ errors: [{ path: 'recurrence' }] })
    await expect(
      book.create('activity', { ...task, dueDate: null, recurrence: 'FREQ=DAILY' }),
    ).rejects.toMatchObject({ errors: [{ path: 'dueDate' }] })
  })
})

describe('a recurrence', () => {
  it('follows the rules of RFC 5545', () => {
    const friday = '2026-03-13T08:00:00.000Z'
    expect(nextOccurrence('FREQ=WEEKLY;BYDAY=MO,FR', friday)?.due).toBe('2026-03-16T08:00:00.000Z')
    expect(nextOccurrence('FREQ=MONTHLY;BYMONTHDAY=31', friday)?.due).toBe(
      '2026-03-31T08:00:00.000Z',
    )
    expect(nextOccurrence('FREQ=DAILY;UNTIL=20260313T080000Z', friday)).toBeUndefined()
    expect(nextOccurrence('FREQ=DAILY;COUNT=1', friday)).toBeUndefined()
    expect(isRecurrence('RRULE:FREQ=YEARLY')).toBe(true)
    expect(describeRecurrence('FREQ=WEEKLY;BYDAY=MO')).toBe('every week on Monday')
  })

  it('lists its times within a span', () => {
    expect(
      occurrencesWithin('FREQ=DAILY', '2026-03-01T08:00:00.000Z', {
        from: '2026-03-10T00:00:00.000Z',
        to: '2026-03-12T00:00:00.000Z',
      }),
    ).toEqual(['2026-03-10T08:00:00.000Z', '2026-03-11T08:00:00.000Z'])
  })
})
