import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, it } from 'vitest'
import { list, map, money, tags, text } from '../../shared/kernel/field'
import { fromCell, toCell } from '../../shared/portability/cells'
import { bodyOf, type Caller, createTestServer } from './test-server'

const path = '/api/v1/crm/contacts'
let owner: Caller

beforeAll(async () => {
  owner = (await (await createTestServer()).workspace('first')).owner
})

const importCsv = (body: string) =>
  bodyOf(owner('POST', `${path}/import`, { body, headers: { 'content-type': 'text/csv' } }))

describe('cells', () => {
  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ["'=1", "''=1"],
    ['+4930123456', '+4930123456'],
    ['-12.5', '-12.5'],
    ["it's", "it's"],
  ])('%j is written as %j', (value, cell) => expect(toCell(text('A'), value)).toBe(cell))

  it('never begin like a formula, and are read back as what they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`'=+-@\t1a.;[" `) }), (value) => {
        const cell = toCell(text('A'), value)
        expect(/^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell)).toBe(false)
        expect(fromCell(text('A'), cell)).toBe(value)
      }),
    )
  })

  it.each([
    [tags('T'), ['VIP', 'Old customer']],
    [tags('T'), ['a; b', '[c]', '=d']],
    [list('L', { label: text('Label') }), [{ label: '=1' }]],
    [map('M'), { size: '42' }],
    [money('A'), -12.5],
  ])('of %o keep %j', (field, value) => {
    expect(fromCell(field, toCell(field, value))).toEqual(value)
  })
})

describe('the import', () => {
  it('takes columns by wire name and by label, and any delimiter', async () => {
    const outcome = await importCsv('\uFEFFFirst name;last_name;E-mail\r\nAnn;Lee;ann@x.test\r\n')
    expect(outcome).toMatchObject({ created: 1, failed: [] })
    const { items } = await bodyOf(owner('GET', `${path}?email=ann@x.test`))
    expect(items).toMatchObject([{ first_name: 'Ann', last_name: 'Lee' }])
  })

  it('says of every bad line where it stands and what is wrong', async () => {
    const csv = [
      'first_name,email,active,score',
      '"Two\nlines",,,',
      'Bad,nobody,,',
      '',
      ',x@y.test,,',
      'Many,,yes,1,extra',
      'Odd,,perhaps,ten',
      'Good,good@x.test,no,5',
    ].join('\n')
    const outcome = await importCsv(csv)
    expect(outcome.created).toBe(2)
    expect(outcome.failed).toMatchObject([
      { line: 4, errors: [{ path: 'email' }] },
      { line: 6, errors: [{ path: 'first_name' }] },
      { line: 7, errors: [{ message: 'The line has 5 columns where 4 are expected.' }] },
      { line: 8, errors: [{ path: 'active' }, { path: 'score' }] },
    ])
  })

  it('refuses a file with columns that mean nothing, before it creates anything', async () => {
    expect(await importCsv('first_name,Shoe size\nNobody,42\n')).toMatchObject({
      status: 422,
      errors: [{ path: 'Shoe size' }],
    })
    expect((await bodyOf(owner('GET', `${path}?first_name=Nobody`))).total).toBe(0)
  })

  it('takes a file of a form, and JSON', async () => {
    const form = new FormData()
    form.set('file', new File(['first_name\nFrom a form\n'], 'a.csv', { type: 'text/csv' }))
    expect(await bodyOf(owner('POST', `${path}/import`, { body: form }))).toMatchObject({
      created: 1,
    })
    const json = { items: [{ first_name: 'J', tags: ['New one'] }, null, { first_name: 7 }] }
    expect(await bodyOf(owner('POST', `${path}/import`, { json }))).toMatchObject({
      created: 1,
      failed: [{ line: 2 }, { line: 3, errors: [{ path: 'first_name' }] }],
    })
    expect((await owner('POST', `${path}/import`, { json: { rows: [] } })).status).toBe(400)
    expect((await owner('POST', `${path}/import`, { body: new FormData() })).status).toBe(400)
  })

  it('lets lines of one file point at each other', async () => {
    const ids = ['019b0000-0000-7000-8000-000000000001', '019b0000-0000-7000-8000-000000000002']
    const items = [
      { id: ids[0], name: 'Branch', parent_account_id: ids[1] },
      { id: ids[1], name: 'Head office' },
    ]
    const answer = owner('POST', '/api/v1/crm/accounts/import', { json: { items } })
    expect(await bodyOf(answer)).toMatchObject({ created: 2, failed: [] })
  })

  it('maps the headings of an address book in its own encoding, with accounts by name', async () => {
    const csv = 'Vorname;Nachname;Firma;E-Mail-Adresse\nJürgen;Groß;Müller AG;j@m.example\n'
    const body = Uint8Array.from([...csv].map((char) => char.charCodeAt(0)))
    const outcome = await bodyOf(owner('POST', `${path}/import?mapping=auto`, { body }))
    expect(outcome).toMatchObject({ created: 1, failed: [] })
    const contact = await bodyOf(owner('GET', `${path}/${(outcome.ids as string[])[0]}`))
    expect(contact).toMatchObject({ first_name: 'Jürgen', last_name: 'Groß', email: 'j@m.example' })
    expect(await bodyOf(owner('GET', `/api/v1/crm/accounts/${contact.account_id}`))).toMatchObject({
      name: 'Müller AG',
    })
  })

  it('takes vCards', async () => {
    const body =
      'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\nEND:VCARD\r\n'
    const outcome = await bodyOf(owner('POST', `${path}/import`, { body }))
    expect(outcome).toMatchObject({ created: 1, failed: [] })
  })

  it('does not create a record twice', async () => {
    const csv = 'id,first_name\n019b0000-0000-7000-8000-00000000000a,Once\n'
    expect(await importCsv(csv)).toMatchObject({ created: 1 })
    expect(await importCsv(csv)).toMatchObject({ created: 0, failed: [{ line: 2 }] })
  })

  it('takes thousands of lines, and refuses more than ten thousand', async () => {
    const lines = (count: number) =>
      `first_name,tags\n${Array.from({ length: count }, (_, n) => `Row ${n},Bulk`).join('\n')}`
    expect(await importCsv(lines(2000))).toMatchObject({ created: 2000, failed: [] })
    const exported = await owner('GET', `${path}/export?tags=bulk&format=json`)
    expect((await bodyOf(exported)).items).toHaveLength(2000)
    expect((await bodyOf(owner('GET', '/api/v1/crm/tags?name=Bulk'))).total).toBe(1)
    expect(await importCsv(lines(10_001))).toMatchObject({ status: 413 })
  })
})

describe('the export', () => {
  it('refuses formats and filters that it does not know', async () => {
    const wrong = await bodyOf(owner('GET', `${path}/export?format=pdf`))
    expect(wrong).toMatchObject({
      status: 422,
      errors: [{ path: 'format', message: 'pdf is not one of csv, xlsx, json' }],
    })
    expect((await owner('GET', `${path}/export?shoe=1`)).status).toBe(422)
  })

  it('has a heading even when nothing is found', async () => {
    const csv = await (await owner('GET', `${path}/export?first_name=Nobody%20at%20all`)).text()
    expect(csv.split('\r\n')).toEqual([expect.stringMatching(/^id,first_name,/), ''])
    const json = owner('GET', `${path}/export?first_name=Nobody%20at%20all&format=json`)
    expect(await bodyOf(json)).toEqual({ items: [] })
  })
})

describe('workbooks', () => {
  it('hold what CSV holds, with numbers as numbers, and come back as the same records', async () => {
    const { owner: caller } = await (await createTestServer()).workspace('sheets')
    const products = '/api/v1/crm/products'
    const items = [
      { name: '=1+1', sku: 'A-1', unit_price: 12.5, currency: 'EUR' },
      { name: 'Zürich', sku: 'A-2', unit_price: 0, currency: 'EUR' },
    ]
    const made = await bodyOf(caller('POST', `${products}/import`, { json: { items } }))
    expect(made).toMatchObject({ created: 2, failed: [] })
    const answer = await caller('GET', `${products}/export?format=xlsx&sort=sku`)
    expect(answer.headers.get('content-type')).toContain('spreadsheetml')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const { sheets } = await readXlsx(bytes)
    const [head = [], first = []] = sheets[0]?.rows ?? []
    expect(first[head.indexOf('unit_price')]).toBe(12.5)
    expect(first[head.indexOf('name')]).toBe("'=1+1")

    const { owner: other } = await (await createTestServer()).workspace('elsewhere')
    const form = new FormData()
    form.set('file', new File([bytes], 'products.xlsx'))
    expect(await bodyOf(other('POST', `${products}/import`, { body: form }))).toMatchObject({
      created: 2,
      failed: [],
    })
    const read = await bodyOf(other('GET', `${products}?sort=sku`))
    expect(read.items).toMatchObject(items)
  })

  it('that cannot be read are refused in words', async () => {
    const form = new FormData()
    form.set('file', new File([Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2)], 'broken.xlsx'))
    const answer = await owner('POST', `${path}/import`, { body: form })
    expect(answer.status).toBe(400)
    expect((await bodyOf(answer)).detail).toContain('workbook')
  })
})

it('reads CSV in the encoding it came in', async () => {
  const form = new FormData()
  const latin = Uint8Array.of(
    ...[...'first_name,email\nJ\u00fcrgen,j@x.test\n'].map((c) => c.charCodeAt(0)),
  )
  form.set('file', new File([latin], 'old.csv', { type: 'text/csv' }))
  expect(await bodyOf(owner('POST', `${path}/import`, { body: form }))).toMatchObject({
    created: 1,
  })
  const { items } = await bodyOf(owner('GET', `${path}?email=j@x.test`))
  expect(items).toMatchObject([{ first_name: 'J\u00fcrgen' }])
})
