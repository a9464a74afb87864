import { afterEach, expect, it, vi } from 'vitest'
import { opportunity } from '../../../shared/features/opportunities/opportunity'
import { newRow } from '../../../shared/kernel/rules'
import { readHistory } from './read-history'

const row = newRow(opportunity, '01890000-0000-7000-8000-000000000001', { currency: 'JPY' })
const record = { entity: opportunity, row, currency: 'EUR' }

const asked: unknown[] = []
const store = {
  access: async (options: unknown) => {
    asked.push(options)
    return { serverUrl: 'https://crm.example', token: 't' }
  },
}

const answering = (...answers: Response[]) =>
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return answers.shift()
  })

afterEach(() => {
  vi.unstubAllGlobals()
  asked.length = 0
})

const entry = {
  id: 7,
  at: '2026-01-01T00:00:00.000Z',
  user_id: null,
  via: 'system',
  action: 'updated',
}

it('comes in stored values, by the currency of the record', async () => {
  const item = { ...entry, before: { amount: 100, tags: [] }, after: { amount: 250, tags: ['A'] } }
  answering(Response.json({ items: [item], next_cursor: 7 }))
  const { entries, next } = await readHistory(store, record, 9)
  expect(asked[1]).toBe(`https://crm.example/api/v1/crm/opportunities/${row.id}/history?cursor=9`)
  expect(next).toBe(7)
  expect(entries[0]?.changes).toEqual([
    { field: 'amount', before: 100, after: 250 },
    { field: 'tags', before: [], after: ['A'] },
  ])
})

it('asks again with another token where the first was rejected', async () => {
  answering(new Response('', { status: 401 }), Response.json({ items: [], next_cursor: null }))
  expect(await readHistory(store, record, null)).toEqual({ entries: [], next: null })
  expect(asked.filter((one) => typeof one === 'object')).toEqual([
    { isRejected: false },
    { isRejected: true },
  ])
})

it('is empty for a record that the server has not got yet, and an error for anything else', async () => {
  answering(new Response('', { status: 404 }), new Response('', { status: 500 }))
  expect(await readHistory(store, record, null)).toEqual({ entries: [], next: null })
  await expect(readHistory(store, record, null)).rejects.toThrow('500')
})
