import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './patch'
import { addPatches, openRecord, patchesOf, readText, recordState, writeText } from './record-doc'
import { redacted } from './redact'

const stamp = (at: number): string => `000000${String(at).padStart(3, '0')}0000aaaaaaaaaa`
const names = ['name', 'secret', 'phone']

const stateOf = (edits: readonly { [field: string]: string }[], notes: string): Uint8Array => {
  const doc = openRecord()
  for (const [at, s] of edits.entries()) addPatches(doc, [{ t: stamp(at), s }])
  writeText(doc, 'notes', notes)
  return recordState(doc)
}

const fieldsOf = (state: Uint8Array) =>
  Object.fromEntries(
    [...fold(patchesOf(openRecord(state))).fields].map(([name, { value }]) => [name, value]),
  )

describe('a redacted record', () => {
  it('keeps every other field and the texts, and not a byte of what is hidden', () => {
    const edit = fc.dictionary(fc.constantFrom(...names), fc.stringMatching(/^canary[a-z]{8}$/))
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const whole = stateOf(edits, 'a note')
        const part = redacted(whole, ['secret'])
        const { secret, ...others } = fieldsOf(whole)
        expect(fieldsOf(part)).toEqual(others)
        expect(readText(openRecord(part), 'notes')).toBe('a note')
        const bytes = Buffer.from(part).toString('latin1')
        const shown = new Set(Object.values(others))
        for (const one of edits)
          if (one.secret !== undefined && !shown.has(one.secret))
            expect(bytes).not.toContain(one.secret)
      }),
    )
  })

  it('is the same bytes every time, so that copies can be compared', () => {
    const whole = stateOf(
      [
        { name: 'Ada', secret: 'x' },
        { secret: 'y', phone: '1' },
      ],
      'a note',
    )
    expect(redacted(whole, ['secret'])).toEqual(redacted(whole, ['secret']))
  })

  it('is the very state where it says nothing of what is hidden', () => {
    const whole = stateOf([{ name: 'Ada' }], '')
    expect(redacted(whole, ['secret'])).toBe(whole)
  })
})
