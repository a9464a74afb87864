import { expect, test } from 'vitest'
import {
  relationship,
  relationshipTypes,
} from '../../../shared/features/relationships/relationship'
import { newRow } from '../../../shared/kernel/rules'
import english from '../../i18n/en/relationships.json'
import { endsOf, fieldsOfEnds, phraseKey, phrasesBetween, tieKinds } from './ties'

const wordsAt = (key: string): unknown =>
  key.split('.').reduce<unknown>((node, part) => Object(node)[part], english)

test('every type of tie has words from both ends and on its line', () => {
  expect(Object.keys(tieKinds).sort()).toEqual([...relationshipTypes].sort())
  for (const type of relationshipTypes) {
    for (const isReversed of [false, true])
      expect(wordsAt(phraseKey({ type, isReversed })), type).toEqual(expect.any(String))
    expect(wordsAt(`onLine.${type}`), type).toEqual(expect.any(String))
  }
})

test('a company may be told to have a key contact, but not to report to somebody', () => {
  const phrases = phrasesBetween('account', 'contact')
  expect(phrases).toContainEqual({ type: 'key_contact', isReversed: true })
  expect(phrases.map(({ type }) => type)).not.toContain('reports_to')
})

test('ends written as fields are read back in their direction', () => {
  const from = { entity: 'contact', id: 'a' } as const
  const to = { entity: 'account', id: 'b' } as const
  expect(endsOf(newRow(relationship, 'r', fieldsOfEnds(from, to)))).toEqual({ from, to })
  expect(endsOf(newRow(relationship, 'r', fieldsOfEnds(to, from)))).toEqual({ from: to, to: from })
})
