/**
 * vCard 3.0 (RFC 2426), 4.0 (RFC 6350) and the 2.1 that phones still write, as a table with the
 * headings that the mapping knows.
 */
import type { LineProblem, Table, TableRow } from './table'

type Property = { name: string; params: Map<string, string[]>; value: string }
type NumberedLine = { line: number; text: string }
type Card = { line: number; properties: Property[] }

/** Long lines are folded: what begins with a blank belongs to the line before. Quoted-printable ones end with `=`. */
const unfold = (text: string): NumberedLine[] => {
  const lines: NumberedLine[] = []
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const last = lines.at(-1)
    if (last && /^[ \t]/.test(raw)) last.text += raw.slice(1)
    else if (last && /quoted-printable/i.test(last.text) && last.text.endsWith('='))
      last.text = last.text.slice(0, -1) + raw
    else lines.push({ line: index + 1, text: raw })
  })
  return lines.filter(({ text: content }) => content.trim() !== '')
}

const linePattern = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):([\s\S]*)$/

const readParams = (text: string): Map<string, string[]> => {
  const params = new Map<string, string[]>()
  for (const part of text.split(';').filter((piece) => piece !== '')) {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(part) ?? [undefined, 'type', part]
    const key = (name ?? 'type').toLowerCase()
    const values = (value ?? '').replaceAll('"', '').split(',')
    params.set(key, [...(params.get(key) ?? []), ...values.map((one) => one.toLowerCase())])
  }
  return params
}

const decodeQuoted = (text: string, charset: string): string => {
  const bytes: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const hex = text[index] === '=' ? /^[0-9A-F]{2}/i.exec(text.slice(index + 1))?.[0] : undefined
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16))
      index += 2
    } else bytes.push(text.charCodeAt(index) & 0xff)
  }
  return new TextDecoder(charset === 'iso-8859-1' ? 'windows-1252' : 'utf-8').decode(
    new Uint8Array(bytes),
  )
}

const readProperty = (text: string): Property | undefined => {
  const [, name, rawParams = '', rawValue = ''] = linePattern.exec(text) ?? []
  if (name === undefined) return undefined
  const params = readParams(rawParams)
  const isQuoted = [...(params.get('encoding') ?? []), ...(params.get('type') ?? [])].includes(
    'quoted-printable',
  )
  const value = isQuoted ? decodeQuoted(rawValue, params.get('charset')?.[0] ?? 'utf-8') : rawValue
  return { name: name.toUpperCase(), params, value }
}

const unescaped = (text: string): string =>
  text
    .replace(/\\([nN,;:\\])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char))
    .trim()

const readCards = (text: string, problems: LineProblem[]): Card[] => {
  const cards: Card[] = []
  let open: Card | undefined
  for (const { line, text: content } of unfold(text)) {
    if (/^BEGIN:VCARD\s*$/i.test(content)) {
      if (open) problems.push({ line: open.line, reason: 'The card is not closed by END:VCARD.' })
      open = { line, properties: [] }
    } else if (/^END:VCARD\s*$/i.test(content)) {
      if (open) cards.push(open)
      else problems.push({ line, reason: 'END:VCARD stands without a BEGIN:VCARD.' })
      open = undefined
    } else if (open) {
      const property = readProperty(content)
      if (property) open.properties.push(property)
      else
        problems.push({
          line,
          reason: 'The line is no property of a card.',
          value: content.slice(0, 200),
        })
    } else
      problems.push({
        line,
        reason: 'The line stands outside of any card.',
        value: content.slice(0, 200),
      })
  }
  if (open) problems.push({ line: open.line, reason: 'The card is not closed by END:VCARD.' })
  return cards
}

/** Parts of a structured value, divided by semicolons that are not escaped. */
const structured = (value: string): string[] => {
  const found: string[] = []
  let current = ''
  for (let index = 0; index < value.length; index += 1) {
    const char = value.charAt(index)
    if (char === '\\') {
      current += char + value.charAt(index + 1)
      index += 1
    } else if (char === ';') {
      found.push(current)
      current = ''
    } else current += char
  }
  return [...found, current].map(unescaped)
}

const birthday = (value: string): string => {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(value) ?? []
  return year && month && day ? `${year}-${month}-${day}` : ''
}

const uriless = (value: string): string => value.replace(/^(tel|mailto):/i, '')

const isMobile = ({ params }: Property): boolean =>
  (params.get('type') ?? []).some((type) => type === 'cell' || type === 'mobile')

const names = (properties: readonly Property[]): [first: string, last: string] => {
  const [last = '', first = '', middle = ''] = structured(
    properties.find(({ name }) => name === 'N')?.value ?? '',
  )
  if (first !== '' || last !== '')
    return [[first, middle].filter((part) => part !== '').join(' '), last]
  const full = unescaped(properties.find(({ name }) => name === 'FN')?.value ?? '')
  const words = full.split(/\s+/)
  return words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1) ?? ''] : [full, '']
}

/** Headings of the table that cards become; the mapping of contacts knows them. */
export const vcardHeadings = [
  'First Name',
  'Last Name',
  'E-mail 1 - Value',
  'E-mail 2 - Value',
  'Phone 1 - Value',
  'Mobile Phone',
  'Organization Name',
  'Department',
  'Organization Title',
  'Birthday',
  'Address 1 - Street',
  'Address 1 - City',
  'Address 1 - Region',
  'Address 1 - Postal Code',
  'Address 1 - Country',
  'Website 1 - Value',
  'Labels',
  'Notes',
]

const cellsOf = ({ properties }: Card): string[] => {
  const all = (name: string) => properties.filter((property) => property.name === name)
  const one = (name: string) => unescaped(all(name)[0]?.value ?? '')
  const [first, last] = names(properties)
  const emails = all('EMAIL').map(({ value }) => uriless(unescaped(value)))
  const phones = all('TEL').filter((property) => !isMobile(property))
  const mobile = all('TEL').find(isMobile)
  const [company = '', department = ''] = structured(all('ORG')[0]?.value ?? '')
  const [, , street = '', city = '', region = '', zip = '', country = ''] = structured(
    all('ADR')[0]?.value ?? '',
  )
  return [
    first,
    last,
    emails[0] ?? '',
    emails[1] ?? '',
    uriless(unescaped(phones[0]?.value ?? '')),
    uriless(unescaped(mobile?.value ?? '')),
    company,
    department,
    one('TITLE'),
    birthday(one('BDAY')),
    street,
    city,
    region,
    zip,
    country,
    one('URL'),
    one('CATEGORIES').replaceAll(',', ';'),
    one('NOTE'),
  ]
}

/** Whether a text looks like cards. */
export const isVcard = (text: string): boolean => /^\s*BEGIN:VCARD/i.test(text)

/** Reads all cards of a file. */
export const readVcards = (text: string): Table => {
  const problems: LineProblem[] = []
  const rows: TableRow[] = readCards(text, problems).map((card) => ({
    line: card.line,
    cells: cellsOf(card),
  }))
  return { headings: vcardHeadings, rows, problems }
}
