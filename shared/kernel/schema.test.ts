import fc from 'fast-check'
import { expect, it } from 'vitest'
import { longText, map, phone, richText, text, url } from './field'
import { valueSchema } from './schema'

const accepts = (field: Parameters<typeof valueSchema>[0], value: unknown): boolean =>
  valueSchema(field).safeParse(value).success

it('takes only text that comes back from being stored as it was', () => {
  const fields = [text('Name'), longText('Notes'), richText('Notes')]
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (value) => {
      for (const field of fields)
        if (accepts(field, value))
          expect(new TextDecoder().decode(new TextEncoder().encode(value))).toBe(value)
    }),
  )
  for (const field of fields) {
    expect(accepts(field, 'Zoë 😀 東京')).toBe(true)
    expect(accepts(field, 'half \ud83d')).toBe(false)
    expect(accepts(field, '\ude00 half')).toBe(false)
    expect(accepts(field, 'a\u0000b')).toBe(false)
  }
})

it('asks the same of numbers, addresses and the keys and values of maps', () => {
  expect(accepts(phone('Phone'), '+49 30 \ud83d')).toBe(false)
  expect(accepts(url('Website'), 'https://roadbook.example/\ud83d')).toBe(false)
  expect(accepts(map('Custom'), { '\ud83d': 'x' })).toBe(false)
  expect(accepts(map('Custom'), { key: 'x\u0000' })).toBe(false)
  expect(accepts(map('Custom'), { key: '😀' })).toBe(true)
})
