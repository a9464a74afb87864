/** Generated records in plausible proportions, deterministic by seed. */
import type { EditInput } from '../kernel/ports'
import { leadOf, opportunityOf } from './generate-sales'
import { dayMs, type GenerateOptions, type Maker, someTags } from './maker'
import { createRandom } from './random'
import {
  cities,
  companyKinds,
  companyWords,
  firstNames,
  industries,
  lastNames,
  subjects,
  titles,
} from './words'

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

/** Edits that create N contacts, N/5 accounts, N/5 leads, N/10 opportunities and 3N activities, in an order that can be written. */
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
  for (let index = 0; index < Math.ceil(options.contacts / 10); index += 1)
    yield opportunityOf(maker, { index, accounts, contacts })
  for (let index = 0; contacts.length > 0 && index < options.contacts * 3; index += 1)
    yield activityOf(maker, contacts)
}
