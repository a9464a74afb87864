import { expect, it } from 'vitest'
import { linkIn, parseLink } from './links'

it('reads telephone numbers and records, and nothing else', () => {
  expect(parseLink('tel:+49 (30) 123-456')).toEqual({ kind: 'tel', number: '+4930123456' })
  const id = '01a1fc1b-6862-76df-a47a-e557be0a59d3'
  expect(parseLink(`roadbook://contacts/${id}`)).toEqual({ kind: 'record', plural: 'contacts', id })
  for (const hostile of [
    'tel:javascript:alert(1)',
    'tel:',
    'roadbook://contacts/../../etc',
    'roadbook://CONTACTS/1',
    'file:///etc/passwd',
    'https://example.com',
    '',
  ])
    expect(parseLink(hostile)).toBeUndefined()
})

it('finds the link among the arguments of a start', () => {
  expect(linkIn(['/usr/bin/roadbook', '--no-sandbox', 'tel:112'])).toEqual({
    kind: 'tel',
    number: '112',
  })
  expect(linkIn(['/usr/bin/roadbook'])).toBeUndefined()
})
