import { describe, expect, it } from 'vitest'
import { createTestBook } from '../test-rules'

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

  it('that repeats needs a first date', async () => {
    const book = createTestBook()
    await expect(
      book.create('activity', { ...task, dueDate: null, recurrence: 'FREQ=DAILY' }),
    ).rejects.toMatchObject({ errors: [{ path: 'dueDate' }] })
  })
})
