/** What of a row can be searched, and the words of a search as they are looked for in it. */
import { type AnyEntity, titleOf } from '../../../shared/kernel/entity'
import type { AnyField } from '../../../shared/kernel/field'
import { digitsOf, normalise } from '../normalise'

const fieldText = (field: AnyField, value: unknown): string => {
  if (typeof value === 'string')
    return field.kind === 'phone' ? `${normalise(value)} ${digitsOf(value)}` : normalise(value)
  if (!Array.isArray(value) || !field.item) return ''
  const parts = Object.entries(field.item)
  return value
    .map((item) => parts.map(([name, part]) => partText(part, item, name)).join(' '))
    .join(' ')
}

const partText = (part: AnyField, item: unknown, name: string): string => {
  const value =
    typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? fieldText(part, value) : ''
}

/** Makes the function that gives a row's searchable text; every word in it follows a blank. */
export const createHaystack = (
  entity: AnyEntity,
): ((row: { [field: string]: unknown }) => string) => {
  const searched = Object.entries(entity.fields).filter(([, field]) => field.search)
  return (row) => {
    const parts = ['']
    for (const [name, field] of searched) {
      const value = row[name]
      const part = value === null || value === undefined ? '' : fieldText(field, value)
      if (part !== '') parts.push(part)
    }
    // Joined, not added up: text that was added up is made whole only by the first search in it.
    return parts.join(' ')
  }
}

/** A row's name as the ranking of hits compares it: with a blank before every word. */
export const titleText = (entity: AnyEntity, row: { [field: string]: unknown }): string =>
  ['', normalise(titleOf(entity, row))].join(' ')

/** A word of a search: any of the spellings will do. */
export type Word = readonly [string, ...string[]]

const isNumberLike = (text: string): boolean => /^[+\d\s()./-]+$/.test(text)

/** A typed phone number also matches without trunk zero or exit code, as in +49 for 0 or 0049. */
const numberSpellings = (text: string): Word => {
  const digits = digitsOf(text.replace('(0)', ''))
  const bare = digits.replace(/^0+/, '')
  return bare === digits || bare === '' ? [digits] : [digits, bare]
}

/** Splits what was typed into words, all of which must occur. */
export const searchWords = (text: string): Word[] => {
  const typed = normalise(text).trim()
  if (typed === '') return []
  if (isNumberLike(typed) && digitsOf(typed).length >= 5) return [numberSpellings(typed)]
  return typed.split(/\s+/).map((word): Word => {
    const isNumber = isNumberLike(word) && digitsOf(word).length >= 3
    return isNumber ? [word, ...numberSpellings(word)] : [word]
  })
}

/** Whether a text holds every word in one of its spellings. */
export const hasWords = (text: string, words: readonly Word[]): boolean => {
  for (const word of words)
    if (!text.includes(word[0]) && !(word.length > 1 && word.some((each) => text.includes(each))))
      return false
  return true
}
