import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { contact } from '../features/contacts/contact'
import { formatStamp } from '../kernel/clock'
import {
  addPatches,
  openRecord,
  readText,
  recordState,
  textFragment,
  writeText,
} from './record-doc'
import { applyTextUpdate, maxTextUpdateBytes } from './text-update'

const aRecord = (notes: string): Y.Doc => {
  const doc = openRecord()
  addPatches(doc, [
    { t: formatStamp({ ms: 1, counter: 0, device: 'aaaaaaaaaa' }), s: { firstName: 'Ada' } },
  ])
  writeText(doc, 'notes', notes)
  return doc
}

/** What somebody with another session changes on a copy, as an update. */
const change = (doc: Y.Doc, client: number, act: (copy: Y.Doc) => void): Uint8Array => {
  const copy = openRecord(recordState(doc))
  copy.clientID = client
  const before = Y.encodeStateVector(copy)
  act(copy)
  return Y.encodeStateAsUpdate(copy, before)
}

const typeAtEnd = (text: string) => (copy: Y.Doc) => {
  const paragraph = textFragment(copy, 'notes').get(0)
  if (paragraph instanceof Y.XmlElement) paragraph.push([new Y.XmlText(text)])
}

describe('rich text', () => {
  it('T1: keeps what two people typed at the same time', () => {
    const doc = aRecord('Hello')
    const first = applyTextUpdate(contact, doc, change(doc, 11, typeAtEnd(' one')))
    const second = applyTextUpdate(
      contact,
      first.ok ? first.doc : doc,
      change(doc, 12, typeAtEnd(' two')),
    )
    const text = second.ok ? readText(second.doc, 'notes') : ''
    expect(text).toContain('one')
    expect(text).toContain('two')
  })

  it('rewrites only the paragraphs that differ', () => {
    const doc = aRecord('one\ntwo\nthree')
    const kept = textFragment(doc, 'notes').get(2)
    writeText(doc, 'notes', 'one\n2\nthree')
    expect(readText(doc, 'notes')).toBe('one\n2\nthree')
    expect(textFragment(doc, 'notes').get(2)).toBe(kept)
  })
})

describe('T2: a hostile text update is refused as a whole', () => {
  const doc = aRecord('Hello')
  const refusal = (update: Uint8Array) => {
    const outcome = applyTextUpdate(contact, doc, update)
    return outcome.ok ? 'taken' : outcome.why
  }

  it('when it changes fields', () => {
    expect(
      refusal(change(doc, 9, (copy) => copy.getArray('patches').push([{ t: 'x', s: {} }]))),
    ).toMatch(/not text/)
  })
  it('when it deletes fields', () => {
    expect(refusal(change(doc, 9, (copy) => copy.getArray('patches').delete(0, 1)))).toMatch(
      /not text/,
    )
  })
  it('when it writes into an unknown root', () => {
    expect(refusal(change(doc, 9, (copy) => copy.getMap('secret').set('a', 1)))).toMatch(/outside/)
  })
  it('when it uses the id of the server', () => {
    expect(refusal(change(doc, 1, typeAtEnd('x')))).toMatch(/server/)
  })
  it('when changes before it are missing', () => {
    const late = change(doc, 9, (copy) => {
      typeAtEnd('a')(copy)
      typeAtEnd('b')(copy)
    })
    const copy = openRecord(recordState(doc))
    copy.clientID = 9
    typeAtEnd('a')(copy)
    const between = Y.encodeStateVector(copy)
    typeAtEnd('b')(copy)
    expect(refusal(Y.encodeStateAsUpdate(copy, between))).toMatch(/does not have/)
    expect(refusal(late)).toBe('taken')
  })
  it('when it is garbage or too large', () => {
    expect(refusal(new Uint8Array([1, 2, 3, 255, 255, 255, 255]))).toMatch(/readable|does not have/)
    expect(refusal(new Uint8Array(maxTextUpdateBytes + 1))).toMatch(/large/)
  })
  it('and leaves the record as it was', () => {
    expect(readText(doc, 'notes')).toBe('Hello')
  })
})

describe('T3: a text holds paragraphs and characters alone', () => {
  const taken = (act: (copy: Y.Doc) => void) => {
    const doc = aRecord('Hello')
    return applyTextUpdate(contact, doc, change(doc, 9, act))
  }
  const first = (copy: Y.Doc): Y.XmlElement => {
    const node = textFragment(copy, 'notes').get(0)
    if (!(node instanceof Y.XmlElement)) throw new Error('there is no paragraph')
    return node
  }

  it('takes what an editor writes: marks, attributes, nested lists', () => {
    const outcome = taken((copy) => {
      const list = new Y.XmlElement('bulletList')
      const item = new Y.XmlElement('listItem')
      const text = new Y.XmlText()
      textFragment(copy, 'notes').push([list])
      list.push([item])
      item.push([text])
      item.setAttribute('level', '1')
      text.insert(0, 'Bold', { bold: true })
    })
    expect(outcome.ok).toBe(true)
  })

  it.each<[string, (copy: Y.Doc) => void]>([
    // The same items underneath, seen as a list: that takes anything.
    ['values', (copy) => copy.getArray('text:notes').push([{ a: 1 }])],
    ['maps', (copy) => copy.getArray('text:notes').push([new Y.Map()])],
    ['documents', (copy) => copy.getArray('text:notes').push([new Y.Doc()])],
    ['bare characters', (copy) => copy.getText('text:notes').insert(0, 'bare')],
    [
      'things inside a text',
      (copy) => {
        const text = new Y.XmlText()
        first(copy).push([text])
        text.insertEmbed(0, { image: 'x' })
      },
    ],
    [
      'a nest of a thousand',
      (copy) => {
        let node = first(copy)
        for (let depth = 0; depth < 1000; depth += 1) {
          const inner = new Y.XmlElement('blockquote')
          node.push([inner])
          node = inner
        }
      },
    ],
  ])('refuses %s', (_, act) => {
    const outcome = taken(act)
    expect(outcome.ok ? 'taken' : outcome.why).toMatch(/other than text/)
  })

  it('refuses keys hidden in the array of patches', () => {
    const doc = aRecord('Hello')
    const stranger = new Y.Doc()
    stranger.getMap('patches').set('hidden', 1)
    const outcome = applyTextUpdate(contact, doc, Y.encodeStateAsUpdate(stranger))
    expect(outcome.ok ? 'taken' : outcome.why).toMatch(/not text/)
  })
})
