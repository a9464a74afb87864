import { describe, expect, it, vi } from 'vitest'
import { turn } from '../kernel/turn'
import { createReadingAhead } from './ahead'

/** Reading ahead in a journal of so many records, and which pages were read from it. */
const start = (records: number) => {
  const read: string[] = []
  const ahead = createReadingAhead({
    head: () => records,
    read: ({ after, limit }) => {
      const upTo = Math.min(after + limit, records)
      const done = upTo === records
      read.push(`${after}-${upTo}`)
      const page = { records: new Uint8Array([upTo]), upTo, done }
      return { upTo, done, page: () => Promise.resolve(page) }
    },
  })
  /** Pulls everything as a client does, the first page small; every page is prepared by then. */
  const pullAll = async (first: number, full: number) => {
    let page = await ahead.next({ after: 0, limit: first })
    while (!page.done) {
      const { upTo } = page
      ahead.prepare({ after: upTo, limit: full })
      await vi.waitFor(() => expect(read.some((name) => name.startsWith(`${upTo}-`))).toBe(true))
      page = await ahead.next({ after: upTo, limit: full })
    }
  }
  return { ahead, read, pullAll }
}

describe('reading ahead', () => {
  it('reads no page twice, for a client that begins with a small one and goes on with large ones', async () => {
    const { ahead, read } = start(7000)
    const first = await ahead.next({ after: 0, limit: 500 })
    ahead.prepare({ after: first.upTo, limit: 500 })
    await vi.waitFor(() => expect(read).toEqual(['0-500', '500-1000', '1000-1500']))
    const second = await ahead.next({ after: 500, limit: 2000 })
    expect(second.upTo).toBe(1000)
    ahead.prepare({ after: 1000, limit: 2000 })
    await vi.waitFor(() => expect(read.slice(3)).toEqual(['1500-3500']))
    expect((await ahead.next({ after: 1000, limit: 2000 })).upTo).toBe(1500)
    expect((await ahead.next({ after: 1500, limit: 2000 })).upTo).toBe(3500)
    expect(read).toHaveLength(4)
  })

  it('goes on behind a page that is asked for before the next one has been read', async () => {
    const { ahead, read } = start(7000)
    await ahead.next({ after: 0, limit: 500 })
    ahead.prepare({ after: 500, limit: 2000 })
    await turn()
    expect(read).toEqual(['0-500', '500-2500'])
    const answer = ahead.next({ after: 500, limit: 2000 })
    await vi.waitFor(() => expect(read).toContain('4500-6500'))
    ahead.prepare({ after: (await answer).upTo, limit: 2000 })
    expect((await ahead.next({ after: 2500, limit: 2000 })).upTo).toBe(4500)
    expect(read).toEqual(['0-500', '500-2500', '2500-4500', '4500-6500'])
  })

  it('reads nothing behind the last page', async () => {
    const { ahead, read } = start(5000)
    await ahead.next({ after: 0, limit: 2000 })
    ahead.prepare({ after: 2000, limit: 2000 })
    await vi.waitFor(() => expect(read).toEqual(['0-2000', '2000-4000', '4000-5000']))
    await ahead.next({ after: 2000, limit: 2000 })
    ahead.prepare({ after: 4000, limit: 2000 })
    await turn()
    expect(read).toHaveLength(3)
  })

  it('never gives a page that is larger than wanted', async () => {
    const { ahead, read } = start(7000)
    await ahead.next({ after: 0, limit: 2000 })
    ahead.prepare({ after: 2000, limit: 2000 })
    await vi.waitFor(() => expect(read).toContain('2000-4000'))
    expect((await ahead.next({ after: 2000, limit: 100 })).upTo).toBe(2100)
  })

  it('ends with the last page', async () => {
    const { read, pullAll } = start(5000)
    await pullAll(500, 2000)
    expect(read).toEqual(['0-500', '500-2500', '2500-4500', '4500-5000'])
  })
})
