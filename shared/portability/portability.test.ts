import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contact } from '../features/contacts/contact'
import { convertRow } from './convert'
import { detectDelimiter, readCsv, writeCsv } from './csv'
import { decodeText, isBinary } from './decode'
import { suggestMapping } from './mapping'
import { isVcard, readVcards } from './vcard'

const options = { currency: 'EUR', country: 'DE', dayFirst: true } as const

const convertAll = (text: string) => {
  const table = isVcard(text) ? readVcards(text) : readCsv(text)
  const targets = suggestMapping(contact, table.headings)
  return {
    table,
    outcomes: table.rows.map((row) =>
      convertRow(contact, { headings: table.headings, targets, row }, options),
    ),
  }
}

describe('CSV', () => {
  it('counts lines as an editor does, also across quoted line breaks', () => {
    const { rows } = readCsv('name,notes\nAda,"one\ntwo"\n\nBob,x\n')
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, 'Ada'],
      [5, 'Bob'],
    ])
  })

  it('reports a line with too many columns and reads on', () => {
    const { rows, problems } = readCsv('a,b\n1,2,3\n4,5\n')
    expect(problems).toEqual([
      { line: 2, reason: expect.stringContaining('3 columns where 2'), value: '1,2,3' },
    ])
    expect(rows.map(({ cells }) => cells)).toEqual([['4', '5']])
  })

  it('recognises semicolons, tabs and commas', () => {
    expect(detectDelimiter('a;b;c\n1;2,5;3')).toBe(';')
    expect(detectDelimiter('a\tb\n1\t2')).toBe('\t')
    expect(detectDelimiter('a,b\n"1;2",3')).toBe(',')
  })

  it('writes what it can read again, whatever stands in the cells', () => {
    const cell = fc
      .string()
      .filter((text) => text.trim() !== '' && !/^[=+\-@\t\r]/.test(text) && !text.includes('\r'))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
        const read = readCsv(writeCsv([['a', 'b'], ...rows]).replace(/^\uFEFF/, ''), ',')
        expect(read.rows.map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })

  it('disarms formulas but leaves numbers and phone numbers alone', () => {
    expect(writeCsv([['=1+1', '+4930123456', '-5', '@x']])).toBe(
      "\uFEFF'=1+1,+4930123456,-5,'@x\r\n",
    )
  })
})

describe('encodings', () => {
  it('reads UTF-8 with a mark, UTF-16 and Windows-1252', () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0xe4, 0x00, 0x62, 0x00])
    expect(decodeText(utf16)).toEqual({ text: 'äb', encoding: 'utf-16le' })
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xa4]))).toEqual({
      text: 'ä',
      encoding: 'utf-8',
    })
    expect(decodeText(new Uint8Array([0x4d, 0xfc, 0x6c]))).toEqual({
      text: 'Mül',
      encoding: 'windows-1252',
    })
  })

  it('knows a spreadsheet from a text', () => {
    expect(isBinary(new Uint8Array([0x50, 0x4b, 3, 4]))).toBe(true)
    expect(isBinary(new TextEncoder().encode('a,b'))).toBe(false)
  })
})

describe('contacts from well-known exports', () => {
  it('reads Google Contacts with several numbers in one cell', () => {
    const { outcomes } = convertAll(
      'First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Organization Title\n' +
        'Ada,Lovelace,* myContacts ::: VIP,Work,ada@example.com,Work,030 1234567 ::: +49 151 5550100,Analytical Engines,Countess\n',
    )
    expect(outcomes[0]).toMatchObject({
      ok: true,
      draft: {
        account: 'Analytical Engines',
        tags: ['VIP'],
        values: {
          firstName: 'Ada',
          lastName: 'Lovelace',
          email: 'ada@example.com',
          phone: '+49301234567',
          jobTitle: 'Countess',
          phones: [{ label: null, number: '+491515550100', primary: false }],
        },
      },
    })
  })

  it('reads Outlook with German headings, semicolons and dates', () => {
    const { outcomes } = convertAll(
      'Vorname;Nachname;Firma;E-Mail-Adresse;Telefon geschäftlich;Geburtstag\nJörg;Weiß;Müller GmbH;joerg@example.de;089 / 123456;24.12.1980\n',
    )
    expect(outcomes[0]).toMatchObject({
      ok: true,
      draft: { account: 'Müller GmbH', values: { birthday: '1980-12-24', phone: '+4989123456' } },
    })
  })

  it('keeps an unusable value as a property and names line, column and reason', () => {
    const { outcomes } = convertAll('First Name,E-mail\nAda,not an address\n')
    expect(outcomes[0]).toMatchObject({
      ok: true,
      draft: { values: { properties: { 'E-mail': 'not an address' } } },
      problems: [{ line: 2, column: 'E-mail', value: 'not an address' }],
    })
  })

  it('gives a row up that names nobody', () => {
    const { outcomes } = convertAll('First Name,Job title\n,CTO\n')
    expect(outcomes[0]).toEqual({ ok: false, line: 2, reason: expect.stringContaining('required') })
  })
})

describe('vCard', () => {
  const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')

  it('reads version 3 with folded lines, escapes and groups', () => {
    const { outcomes } = convertAll(
      card(
        'VERSION:3.0',
        'N:Lovelace;Ada;;;',
        'item1.EMAIL;TYPE=INTERNET:ada@exam',
        ' ple.com',
        'ORG:Engines\\, Ltd;R&D',
        'NOTE:one\\ntwo',
      ),
    )
    expect(outcomes[0]).toMatchObject({
      ok: true,
      draft: {
        account: 'Engines, Ltd',
        values: {
          firstName: 'Ada',
          email: 'ada@example.com',
          department: 'R&D',
          description: 'one\ntwo',
        },
      },
    })
  })

  it('reads version 4 with URIs and a compact birthday', () => {
    const { outcomes } = convertAll(
      card(
        'VERSION:4.0',
        'FN:Grace Hopper',
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-202-555-0100',
        'BDAY:19061209',
      ),
    )
    expect(outcomes[0]).toMatchObject({
      ok: true,
      draft: {
        values: {
          firstName: 'Grace',
          lastName: 'Hopper',
          mobile: '+12025550100',
          birthday: '1906-12-09',
        },
      },
    })
  })

  it('reads the quoted-printable of version 2.1', () => {
    const { outcomes } = convertAll(
      card('VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;'),
    )
    expect(outcomes[0]).toMatchObject({
      draft: { values: { firstName: 'Jörg', lastName: 'Müller' } },
    })
  })

  it('reports a card that is not closed and goes on with the next', () => {
    const { table } = convertAll(`BEGIN:VCARD\nFN:Lost\n${card('FN:Found')}`)
    expect(table.problems).toEqual([{ line: 1, reason: 'The card is not closed by END:VCARD.' }])
    expect(table.rows).toHaveLength(1)
  })
})
