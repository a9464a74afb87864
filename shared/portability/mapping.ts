/** Which column means which field: by the headings of well-known exports, by labels, by wire names. */
import { type AnyEntity, shownFields } from '../kernel/entity'
import { isReadOnly } from '../kernel/field'
import { camelToSnake } from '../kernel/wire'

/** Where a column's values go: a field, an account by name, the free properties, or nowhere. */
export type ColumnTarget =
  | { to: 'field'; field: string }
  | { to: 'account' }
  | { to: 'property' }
  | { to: 'ignore' }

const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Headings of Google Contacts (both formats), Outlook (English and German) and everyday words. */
const synonyms: Record<string, readonly string[]> = {
  firstName: ['given name', 'first name', 'vorname', 'prenom', 'forename'],
  lastName: ['family name', 'last name', 'surname', 'nachname', 'nom'],
  email: [
    'e mail 1 value',
    'e mail address',
    'email',
    'e mail',
    'email address',
    'mail',
    'e mail adresse',
  ],
  phone: [
    'phone 1 value',
    'business phone',
    'phone',
    'telephone',
    'telefon',
    'telefon geschaftlich',
    'work phone',
    'primary phone',
  ],
  mobile: ['mobile phone', 'mobile', 'cell', 'cell phone', 'mobiltelefon', 'handy'],
  jobTitle: [
    'organization title',
    'organization 1 title',
    'job title',
    'title',
    'position',
    'role',
  ],
  department: ['organization department', 'organization 1 department', 'department', 'abteilung'],
  birthday: ['birthday', 'geburtstag', 'date of birth'],
  description: ['notes', 'note', 'notizen', 'comments'],
  tags: ['labels', 'group membership', 'categories', 'kategorien', 'tags'],
  locale: ['language', 'sprache', 'locale'],
  source: ['source', 'lead source'],
}

const accountHeadings = [
  'organization name',
  'organization 1 name',
  'company',
  'company name',
  'firma',
  'account',
  'organisation',
  'organization',
]

const addressParts: Record<string, string> = {
  'address 1 street': 'street',
  'business street': 'street',
  'home street': 'street',
  street: 'street',
  'address 1 city': 'city',
  'business city': 'city',
  'home city': 'city',
  city: 'city',
  'address 1 region': 'state',
  'business state': 'state',
  'home state': 'state',
  state: 'state',
  'address 1 postal code': 'zip',
  'business postal code': 'zip',
  'home postal code': 'zip',
  zip: 'zip',
  'postal code': 'zip',
  'address 1 country': 'country',
  'business country region': 'country',
  'home country region': 'country',
  country: 'country',
}

const secondValues: Record<string, string> = {
  'e mail 2 value': 'emails.address',
  'e mail 3 value': 'emails.address',
  'e mail 2 address': 'emails.address',
  'e mail 3 address': 'emails.address',
  'phone 2 value': 'phones.number',
  'phone 3 value': 'phones.number',
  'home phone': 'phones.number',
  'other phone': 'phones.number',
  'telefon privat': 'phones.number',
  'website 1 value': 'socialLinks.url',
  'web page': 'socialLinks.url',
  website: 'socialLinks.url',
}

/** Columns of exports that say nothing about a person. */
const empty = /(phonetic|label|type|file as|photo|^(?!.*value).*\b(prefix|suffix|initials)\b)/

const fieldFor = (entity: AnyEntity, heading: string): string | undefined => {
  const name = plain(heading)
  const own = shownFields(entity).find(
    ([field, { label, kind }]) =>
      kind !== 'richText' && (plain(label) === name || plain(camelToSnake(field)) === name),
  )
  if (own) return own[0]
  const known = Object.entries(synonyms).find(
    ([field, headings]) => field in entity.fields && headings.includes(name),
  )
  if (known) return known[0]
  if (entity.name !== 'contact') return undefined
  const part = addressParts[name]
  return part ? `addresses.${part}` : secondValues[name]
}

/** The target that a heading suggests; a field is suggested once only. */
export const suggestMapping = (entity: AnyEntity, headings: readonly string[]): ColumnTarget[] => {
  const used = new Set<string>()
  return headings.map((heading): ColumnTarget => {
    const field = fieldFor(entity, heading)
    if (
      field !== undefined &&
      (!used.has(field) || field.startsWith('emails.') || field.startsWith('phones.'))
    ) {
      used.add(field)
      return { to: 'field', field }
    }
    if (
      'accountId' in entity.fields &&
      !used.has('account') &&
      accountHeadings.includes(plain(heading))
    ) {
      used.add('account')
      return { to: 'account' }
    }
    if (plain(heading) === '' || empty.test(plain(heading)) || !('properties' in entity.fields))
      return { to: 'ignore' }
    return field === undefined && !isWellKnownNoise(heading) ? { to: 'property' } : { to: 'ignore' }
  })
}

/** Outlook and Google export dozens of columns that hardly anybody fills. */
const isWellKnownNoise = (heading: string): boolean =>
  /(fax|pager|telex|callback|isdn|radio|ttytdd|sensitivity|priority|private|hobby|billing information|directory server|mileage|gender|keywords|referred by|custom field|relation|event|initials|user \d|middle name|nickname|anniversary|spouse|children|office location|profession|manager|assistant|account number|government|organizational|internet free busy|web page|po box|address 2|street 2|street 3|other (street|city|state|postal|country))/i.test(
    heading.replaceAll('-', ' '),
  )

/** Everything a column can be mapped to, with labels for a menu. */
export const mappingChoices = (entity: AnyEntity): { value: string; label: string }[] =>
  shownFields(entity).flatMap(([name, field]) => {
    // Rich text is merged character by character and has no plain value to set.
    if (isReadOnly(field) || field.kind === 'map' || field.kind === 'richText') return []
    if (field.kind !== 'list') return [{ value: name, label: field.label }]
    return Object.entries(field.item ?? {})
      .filter(([, part]) => part.kind !== 'flag')
      .map(([part, { label }]) => ({ value: `${name}.${part}`, label: `${field.label}: ${label}` }))
  })
