/** Which records are likely the same person or company as one that is being typed or converted. */
import type { AnyRow } from '../../kernel/entity'
import { normalisePhone } from '../../kernel/phone'
import type { Values } from '../../kernel/rules'

/** What two records have in common, the most telling first. */
export const likenesses = ['email', 'phone', 'name', 'company', 'domain'] as const

export type Likeness = (typeof likenesses)[number]

/** What is known of somebody, taken from a lead, a contact or an account. */
export type Somebody = {
  email: string
  phones: string[]
  name: string
  company: string
  domain: string
}

/** Rows whose field contains the text are worth a closer look. */
export type Probe = { field: string; text: string }

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Lower case, without accents, with single spaces. */
const plain = (value: unknown): string =>
  text(value).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ')

const legalForm =
  /[\s,]+(gmbh( & co\.? kg)?|ag|kg|ug|inc|llc|ltd|limited|corp|corporation|co|company|plc|s\.?a\.?|sarl|s\.?r\.?l|b\.?v|n\.?v|oy|ab|as|aps|pty)\.?$/

/** A company's name without what the register of companies adds. */
const companyOf = (value: unknown): string => plain(value).replace(legalForm, '')

const freeMail = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  't-online.de',
  'proton.me',
  'protonmail.com',
  'mail.ru',
  'qq.com',
])

const mailDomain = (email: string): string => {
  const domain = email.split('@')[1]?.toLowerCase() ?? ''
  return freeMail.has(domain) ? '' : domain
}

const siteDomain = (value: unknown): string =>
  plain(value)
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .split('/')[0] ?? ''

const numbersIn = (...values: unknown[]): string[] => [
  ...new Set(
    values
      .map(text)
      .filter((value) => value.replace(/\D/g, '').length >= 5)
      .map((value) => normalisePhone(value)),
  ),
]

const partsOf = (list: unknown, part: string): string[] =>
  Array.isArray(list) ? list.map((item) => text(item?.[part])) : []

/** What a record's values say of a person and a company. */
export const somebodyOf = (entity: string, row: Values): Somebody => {
  const email = text(row.email).toLowerCase()
  const phones = numbersIn(row.phone, row.mobile, ...partsOf(row.phones, 'number'))
  if (entity === 'account')
    return { email, phones, name: '', company: text(row.name), domain: siteDomain(row.website) }
  const name =
    entity === 'contact' ? `${text(row.firstName)} ${text(row.lastName)}` : row.contactName
  return {
    email,
    phones,
    name: text(name),
    company: text(row.companyName),
    domain: mailDomain(email),
  }
}

const isFullName = (name: string): boolean => plain(name).includes(' ')

/** Where to look for records of an entity that are like somebody. */
export const probesOf = (target: string, who: Somebody): Probe[] => {
  const lastName = plain(who.name).split(' ').at(-1) ?? ''
  const byPhone = (...fields: string[]) =>
    who.phones.flatMap((number) => fields.map((field) => ({ field, text: number })))
  const probes: { [entity: string]: Probe[] } = {
    contact: [
      { field: 'email', text: who.email },
      { field: 'emails', text: who.email },
      ...byPhone('phone', 'mobile', 'phones'),
      ...(isFullName(who.name) ? [{ field: 'lastName', text: lastName }] : []),
    ],
    account: [
      { field: 'name', text: companyOf(who.company) },
      { field: 'website', text: who.domain },
      ...byPhone('phone'),
    ],
    lead: [
      { field: 'email', text: who.email },
      ...byPhone('phone'),
      ...(isFullName(who.name) ? [{ field: 'contactName', text: who.name }] : []),
    ],
  }
  return (probes[target] ?? []).filter((probe) => probe.text.length > 3)
}

/** What a record of an entity has in common with somebody; a name alone counts where it is a whole one. */
export const likenessOf = (target: string, who: Somebody, row: AnyRow): Likeness[] => {
  const other = somebodyOf(target, row)
  const addresses = [other.email, ...partsOf(row.emails, 'address').map((one) => one.toLowerCase())]
  const same: Record<Likeness, boolean> = {
    email: who.email !== '' && addresses.includes(who.email),
    phone: other.phones.some((number) => who.phones.includes(number)),
    name: isFullName(who.name) && plain(other.name) === plain(who.name),
    company:
      target === 'account' &&
      companyOf(who.company) !== '' &&
      companyOf(other.company) === companyOf(who.company),
    domain: target === 'account' && who.domain !== '' && other.domain === who.domain,
  }
  return likenesses.filter((one) => same[one])
}
