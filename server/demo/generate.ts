/** Generated records in plausible proportions, deterministic by seed. */
import type { EditInput } from '../kernel/ports'
import { createRandom, type Random } from './random'

const firstNames = [
  'Ada',
  'Björn',
  'Chloé',
  'Dmitri',
  'Elif',
  'Femi',
  'Grace',
  'Hiro',
  'Inés',
  'Jonas',
  'Katarzyna',
  'Liam',
  'Mei',
  'Noor',
  'Olga',
  'Pedro',
  'Quentin',
  'Rosa',
  'Søren',
  'Tariq',
  'Ursula',
  'Valentina',
  'William',
  'Xin',
  'Yara',
  'Zoë',
  '美咲',
  'Maximiliana-Theodora',
]
const lastNames = [
  'Åkesson',
  'Bernasconi',
  'Castillo',
  'Dubois',
  'Eriksen',
  'Fitzgerald',
  'García',
  'Hopper',
  'Ivanov',
  'Jansen',
  'Kowalski',
  'Lovelace',
  'Müller',
  'Nakamura',
  'O’Connor',
  'Papadopoulos',
  'Quist',
  'Rossi',
  'Schäfer',
  'Tanaka',
  'Ünal',
  'Visser',
  'Weiß',
  'Xu',
  'Yılmaz',
  'Zieliński',
  '佐藤',
  'von und zu Hohenstein-Wittgenburg',
]
const companyWords = [
  'Alpine',
  'Baltic',
  'Cedar',
  'Delta',
  'Evergreen',
  'Falcon',
  'Granite',
  'Harbour',
  'Iron',
  'Juniper',
  'Keystone',
  'Lighthouse',
  'Meridian',
  'Northern',
  'Orchard',
  'Pioneer',
  'Quarry',
  'River',
  'Summit',
  'Timber',
]
const companyKinds = [
  'Logistics',
  'Foods',
  'Software',
  'Clinics',
  'Energy',
  'Textiles',
  'Robotics',
  'Media',
  'Partners',
  'Works',
  'Insurance',
  'Academy',
]
const titles = [
  'CEO',
  'CTO',
  'Head of Procurement',
  'Sales Manager',
  'Office Manager',
  'IT Director',
  'Accountant',
  'Operations Lead',
  'Buyer',
  'Marketing Manager',
]
const cities = [
  'Berlin',
  'Paris',
  'Zürich',
  'London',
  'Madrid',
  'Oslo',
  'Warsaw',
  'Milan',
  'Vienna',
  'Lisbon',
]
const subjects = [
  'Follow-up call',
  'Send proposal',
  'Quarterly review',
  'Check contract',
  'Product demo',
  'Invite to webinar',
  'Discuss pricing',
  'Note from the fair',
]
const industries = [
  'technology',
  'finance',
  'healthcare',
  'education',
  'manufacturing',
  'retail',
  'media',
  'energy',
  'transportation',
  'other',
]

export type GenerateOptions = {
  contacts: number
  seed: number
  /** Ids of the users who own what is made. */
  owners: readonly string[]
  /** Ids of tags to hand out. */
  tags: readonly string[]
  /** Unix milliseconds around which activities lie. */
  now: number
}

type Maker = { random: Random; options: GenerateOptions }

const dayMs = 24 * 3600_000

const accountOf = ({ random, options }: Maker, index: number): EditInput => ({
  entity: 'account',
  id: random.id(),
  s: {
    name: `${random.pick(companyWords)} ${random.pick(companyKinds)} ${index + 1}`,
    website: `https://company${index + 1}.example`,
    phone: `+4930${5_000_000 + index}`,
    accountType: random.pick(['prospect', 'customer', 'partner', 'vendor', 'competitor']),
    industry: random.pick(industries),
    rating: random.pick(['cold', 'warm', 'hot']),
    employees: 5 + random.below(5000),
    annualRevenue: (100 + random.below(90_000)) * 100_000,
    currency: 'EUR',
    billingCity: random.pick(cities),
    ownerId: random.pick(options.owners),
  },
})

const someTags = ({ random, options }: Maker): Pick<EditInput, 'e'> =>
  options.tags.length > 0 && random.next() < 0.3
    ? { e: { tags: { add: [random.pick(options.tags)] } } }
    : {}

const contactOf = (maker: Maker, index: number, accounts: readonly string[]): EditInput => {
  const { random, options } = maker
  return {
    entity: 'contact',
    id: random.id(),
    s: {
      firstName: random.pick(firstNames),
      lastName: random.pick(lastNames),
      email: `person${index + 1}@company${random.below(accounts.length) + 1}.example`,
      phone: `+4989${1_000_000 + index}`,
      jobTitle: random.pick(titles),
      accountId: random.pick(accounts),
      lifecycleStage: random.pick(['subscriber', 'lead', 'qualified', 'opportunity', 'customer']),
      source: random.pick(['website', 'referral', 'import']),
      score: random.below(100),
      ownerId: random.pick(options.owners),
      active: random.next() > 0.05,
    },
    ...someTags(maker),
  }
}

const leadOf = (maker: Maker, index: number): EditInput => {
  const { random, options } = maker
  const company = `${random.pick(companyWords)} ${random.pick(companyKinds)}`
  return {
    entity: 'lead',
    id: random.id(),
    s: {
      name: `${company}: ${random.pick(['new site', 'replacement', 'pilot', 'extension'])} ${index + 1}`,
      contactName: `${random.pick(firstNames)} ${random.pick(lastNames)}`,
      email: `lead${index + 1}@leads.example`,
      phone: `+4940${3_000_000 + index}`,
      companyName: company,
      status: random.pick(['new', 'contacted', 'qualified', 'unqualified', 'lost']),
      priority: random.pick(['low', 'medium', 'high', 'urgent']),
      rating: random.pick(['cold', 'warm', 'hot']),
      source: random.pick([
        'website',
        'referral',
        'cold_call',
        'trade_show',
        'partner',
        'web_form',
      ]),
      expectedRevenue: (1 + random.below(900)) * 10_000,
      currency: 'EUR',
      probability: random.below(101),
      ownerId: random.pick(options.owners),
    },
    ...someTags(maker),
  }
}

const activityOf = ({ random, options }: Maker, contacts: readonly string[]): EditInput => {
  const dueDate = new Date(
    options.now + (random.below(365) - 300) * dayMs + random.below(36) * 900_000,
  ).toISOString()
  const done = dueDate < new Date(options.now).toISOString()
  return {
    entity: 'activity',
    id: random.id(),
    s: {
      subject: random.pick(subjects),
      activityType: random.pick(['call', 'meeting', 'task', 'email', 'note']),
      status: done ? 'completed' : 'scheduled',
      priority: random.pick(['low', 'medium', 'high', 'urgent']),
      dueDate,
      completedAt: done ? dueDate : null,
      contactId: random.pick(contacts),
      ownerId: random.pick(options.owners),
    },
  }
}

/** Edits that create N contacts, N/5 accounts, N/5 leads and 3N activities, in an order that can be written. */
export function* generate(options: GenerateOptions): Generator<EditInput> {
  const maker: Maker = { random: createRandom(options.seed), options }
  const accounts: string[] = []
  const contacts: string[] = []
  for (let index = 0; index < Math.max(1, Math.ceil(options.contacts / 5)); index += 1) {
    const edit = accountOf(maker, index)
    accounts.push(edit.id)
    yield edit
  }
  for (let index = 0; index < options.contacts; index += 1) {
    const edit = contactOf(maker, index, accounts)
    contacts.push(edit.id)
    yield edit
  }
  for (let index = 0; index < Math.ceil(options.contacts / 5); index += 1)
    yield leadOf(maker, index)
  for (let index = 0; contacts.length > 0 && index < options.contacts * 3; index += 1)
    yield activityOf(maker, contacts)
}
